import { levelAfter, loudest, quietnessAt } from '../media/loudest.ts';
import type { PeerListener, Picture, Sound } from '../media/peer.ts';
import type { Floor } from './floors.ts';
import type { AttendeeState } from './frame.ts';
import { audience, type Hub, send } from './hub.ts';
import { mayBeHeard, mayHear, mayReceiveVideo } from './identity.ts';
import { isPerforming, onStageAs, type Session, stageOf, watchesAs } from './session.ts';

/** Forwards a client's media to every session that watches the client's stage. */
export const listenerOf = (hub: Hub, session: Session): PeerListener => ({
  heard: (sound) => hear(hub, session, sound),
  saw: (picture) => show(hub, session, picture),
  lost: (streamId) => refreshPicture(hub, streamId),
});

/** Forwards only the loudest audio: sounds are not mixed here. */
function hear(hub: Hub, session: Session, { payload, quietness }: Sound): void {
  const identity = onStageAs(session);
  if (!isPerforming(session) || session.muted || !identity || !mayBeHeard(identity)) return;
  const now = performance.now();
  const floor = floorOf(hub, session);
  floor.levels.set(session, levelAfter(floor.levels.get(session), quietness, now));
  for (const each of floor.levels.keys()) if (!isPerforming(each)) floor.levels.delete(each);
  floor.speaker = loudest(floor.speaker, floor.levels, now);
  if (floor.speaker !== session) return;
  for (const other of audience(hub, session.root.meeting)) {
    if (other !== session && mayHear(watchesAs(other))) other.peer?.play(payload);
  }
}

function show(hub: Hub, session: Session, picture: Picture): void {
  if (!session.video || !isPerforming(session)) return;
  const { streamId } = session.video;
  for (const other of audience(hub, session.root.meeting)) {
    if (other === session || other.paused.has(streamId)) continue;
    if (mayReceiveVideo(watchesAs(other), watchesAs(session))) other.peer?.show(streamId, picture);
  }
}

/** Asks the sender of a stream for a key frame. */
export function refreshPicture({ sessions }: Hub, streamId: number): void {
  for (const { video, peer } of sessions) if (video?.streamId === streamId) peer?.refreshPicture();
}

/** Tells every session how loud the people on stage are. */
export function tellVolumes(hub: Hub): void {
  for (const session of hub.sessions) {
    if (session.phase !== 'subscribed') continue;
    const attendeeStates = audience(hub, session.root.meeting).filter(isPerforming).map(volumeOf(hub));
    if (attendeeStates.length > 0)
      send(hub, session, { type: 'AUDIO_METADATA', audioMetadata: { attendeeStates } });
  }
}

function volumeOf(hub: Hub): (session: Session) => AttendeeState {
  return (session) => {
    const level = session.muted ? undefined : floorOf(hub, session).levels.get(session);
    const volume = Math.round(quietnessAt(level, performance.now()));
    return { audioStreamId: session.audioStreamId, volume, signalStrength: 2 };
  };
}

function floorOf({ floors }: Hub, { root }: Session): Floor {
  const stage = stageOf(root.meeting);
  const floor = floors.get(stage) ?? { speaker: undefined, levels: new Map() };
  floors.set(stage, floor);
  return floor;
}
