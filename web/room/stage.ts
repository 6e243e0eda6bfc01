import type { Topology } from '../../client/balcony.ts';
import { browserDeps } from '../../client/join.ts';
import { byId } from '../dom.ts';
import { tell } from './said.ts';
import type { Session } from './session.ts';
import { stageNames } from './stage-names.ts';
import { tilesOf } from './tiles.ts';
import { afterRestored, LOST } from './words.ts';

/** The volume (0 to 1) from which a person counts as speaking. */
const SPEAKS = 0.1;

interface People {
  /** The label of the page's own tile. */
  self: string;
  /** Asks the service for the people on stage. */
  look: () => Promise<Topology>;
  /** The jitter before the audience asks (milliseconds). */
  spreadMs: number;
}

/** Shows and plays the stage for the life of the session, and knows the names of the people there. */
export function showStage({ audioVideo, isOwn }: Session, { self, look, spreadMs }: People) {
  const tiles = tilesOf();
  const you = `${self} (you)`;
  const over = new AbortController();
  const ids = new Map<string, string>();
  const onNews = () => {
    for (const [attendeeId, id] of ids)
      if (tiles.has(attendeeId)) tiles.show(attendeeId, { name: names.of(id) });
  };
  const names = stageNames({ look, onNews, spreadMs, signal: over.signal }, browserDeps);
  const nameOf = (attendeeId: string, id = '') => {
    if (isOwn(attendeeId)) return you;
    if (id) ids.set(attendeeId, id);
    return id && names.of(id);
  };
  const heard = new Set<string>();
  audioVideo.bindAudioElement(new Audio());

  const hear = (attendeeId: string) => {
    if (heard.has(attendeeId)) return;
    heard.add(attendeeId);
    audioVideo.realtimeSubscribeToVolumeIndicator(attendeeId, (_, volume, muted) => {
      if (!tiles.has(attendeeId)) return;
      if (muted !== null) tiles.show(attendeeId, { muted });
      if (volume !== null) tiles.show(attendeeId, { speaking: volume > SPEAKS });
    });
  };

  audioVideo.realtimeSubscribeToAttendeeIdPresence((attendeeId, present, externalUserId) => {
    if (attendeeId.endsWith('#content')) return;
    if (!present && !tiles.has(attendeeId)) return;
    const name = nameOf(attendeeId, externalUserId);
    tiles.show(attendeeId, { present, ...(name && { name }) });
    if (present) hear(attendeeId);
  });

  showConnection(audioVideo);
  audioVideo.addObserver({
    videoTileDidUpdate: ({ tileId, boundAttendeeId, boundExternalUserId, localTile }) => {
      if (!boundAttendeeId || tileId === null) return;
      const attendeeId = (localTile && tiles.find(isOwn)) || boundAttendeeId;
      const name = localTile ? you : nameOf(attendeeId, boundExternalUserId?.replace(/#content$/, ''));
      const video = tiles.show(attendeeId, { tileId, ...(tiles.has(attendeeId) ? {} : { name }) });
      audioVideo.bindVideoElement(tileId, video);
    },
    videoTileWasRemoved: (tileId) => {
      const owner = tiles.ownerOf(tileId);
      if (owner) tiles.show(owner, { tileId: undefined });
    },
  });
  return {
    /** The name of a person on stage, or the id while the name is unknown. */
    nameOf: (attendeeId: string, externalUserId: string): string =>
      isOwn(attendeeId) ? self : names.of(externalUserId),
    /** Stops asking for names. */
    close: () => over.abort(),
  };
}

/** Shows the state of the connection, and when it is lost and restored; the Chime client reconnects by itself. */
function showConnection(audioVideo: Session['audioVideo']): void {
  let wasLost = false;
  byId('empty').textContent = 'Connecting to the stage.';
  showState('Connecting');
  audioVideo.addObserver({
    audioVideoDidStartConnecting: (reconnecting) => {
      wasLost = reconnecting;
      if (!wasLost) return;
      showState('Reconnecting');
      tell(LOST);
    },
    audioVideoDidStart: () => {
      byId('empty').textContent = 'The stage is empty at the moment.';
      showState('Live');
      if (wasLost) tell(afterRestored(byId('news').textContent ?? ''));
    },
  });
}

function showState(state: 'Connecting' | 'Live' | 'Reconnecting'): void {
  byId('state').textContent = state;
  byId('state').classList.toggle('live', state === 'Live');
}
