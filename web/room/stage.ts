import { byId } from '../dom.ts';
import { tell } from './said.ts';
import type { Session } from './session.ts';
import { tilesOf } from './tiles.ts';

/** From this volume on (0 to 1) somebody counts as speaking. */
const SPEAKS = 0.1;

/** Show and play what happens on stage, for as long as the session lasts. `self` is how one's own tile is called. */
export function showStage({ audioVideo, isOwn }: Session, self: string): void {
  const tiles = tilesOf();
  const you = `${self} (you)`;
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
    const name = isOwn(attendeeId) ? you : externalUserId;
    tiles.show(attendeeId, { present, ...(name && { name }) });
    if (present) hear(attendeeId);
  });

  showConnection(audioVideo);
  audioVideo.addObserver({
    videoTileDidUpdate: ({ tileId, boundAttendeeId, boundExternalUserId, localTile }) => {
      if (!boundAttendeeId || tileId === null) return;
      const attendeeId = (localTile && tiles.find(isOwn)) || boundAttendeeId;
      const name = localTile ? you : (boundExternalUserId?.replace(/#content$/, '') ?? '');
      const video = tiles.show(attendeeId, { tileId, ...(tiles.has(attendeeId) ? {} : { name }) });
      audioVideo.bindVideoElement(tileId, video);
    },
    videoTileWasRemoved: (tileId) => {
      const owner = tiles.ownerOf(tileId);
      if (owner) tiles.show(owner, { tileId: undefined });
    },
  });
}

/** Say when the connection is lost and when it is back; the Chime client sees to it by itself. */
function showConnection(audioVideo: Session['audioVideo']): void {
  let wasLost = false;
  byId('empty').textContent = 'Connecting to the stage.';
  audioVideo.addObserver({
    audioVideoDidStartConnecting: (reconnecting) => {
      wasLost = reconnecting;
      if (wasLost) tell('The connection was lost. It is being restored.');
    },
    audioVideoDidStart: () => {
      byId('empty').textContent = 'Nobody is on stage at the moment.';
      if (wasLost) tell('You are connected again.');
    },
  });
}
