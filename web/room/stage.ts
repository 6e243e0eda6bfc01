import type { Session } from './session.ts';
import { tilesOf } from './tiles.ts';

/** From this volume on (0 to 1) somebody counts as speaking. */
const SPEAKS = 0.1;

/** Show and play what happens on stage, for as long as the session lasts. `self` is how one's own tile is called. */
export function showStage({ audioVideo, attendeeId: own }: Session, self: string): void {
  const tiles = tilesOf();
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
    const name = attendeeId === own ? `${self} (you)` : externalUserId;
    tiles.show(attendeeId, { present, ...(name && { name }) });
    if (present) hear(attendeeId);
  });

  audioVideo.addObserver({
    videoTileDidUpdate: ({ tileId, boundAttendeeId, boundExternalUserId, localTile, active }) => {
      if (!boundAttendeeId || tileId === null || (!active && localTile)) return;
      const known = tiles.has(boundAttendeeId);
      const name = localTile ? `${self} (you)` : (boundExternalUserId?.replace(/#content$/, '') ?? '');
      const video = tiles.show(boundAttendeeId, { tileId, ...(known ? {} : { name }) });
      audioVideo.bindVideoElement(tileId, video);
    },
    videoTileWasRemoved: (tileId) => {
      const owner = tiles.ownerOf(tileId);
      if (owner) tiles.show(owner, { tileId: undefined });
    },
  });
}
