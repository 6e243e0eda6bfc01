import type { OpenPeer } from '../media/peer.ts';
import type { Meeting } from '../state/meetings/meeting.ts';
import type { ChimeState } from '../state/state.ts';
import type { ClientEvent } from './client-events.ts';
import { type FrameFault, pass } from './faults.ts';
import { createFloors, type Floors } from './floors.ts';
import type { Frame } from './frame.ts';
import { isPerforming, type Session, stageOf } from './session.ts';
import { indexFor, rosterChanges, rosterOf } from './stage.ts';

/** All connections of one emulated Chime. It reads the control plane, and reports only presence to it. */
export interface Hub {
  state: ChimeState;
  openPeer: OpenPeer;
  sessions: Set<Session>;
  faults: FrameFault[];
  clientEvents: ClientEvent[];
  /** Audio streams that ended because a network was lost. */
  droppedStreams: Set<number>;
  floors: Floors;
  /** Returns a number that no stream of this hub had before. */
  nextStreamId(): number;
  log(line: string): void;
}

export function createHub(state: ChimeState, openPeer: OpenPeer, log: (line: string) => void): Hub {
  let streamId = 0;
  return {
    state,
    openPeer,
    sessions: new Set(),
    faults: [],
    clientEvents: [],
    droppedStreams: new Set(),
    floors: createFloors(),
    nextStreamId: () => ++streamId,
    log,
  };
}

/** The sessions that watch the stage of a meeting, in order of arrival. */
export function audience(hub: Hub, meeting: Meeting): Session[] {
  const stage = stageOf(meeting);
  return [...hub.sessions].filter(({ root }) => stageOf(root.meeting) === stage);
}

export function send(hub: Hub, session: Session, frame: Frame): void {
  pass(hub.faults, frame.type, () => session.link.send(frame));
}

/** Sends each session that watches a stage what changed there. */
export function refresh(hub: Hub, meeting: Meeting): void {
  const watching = audience(hub, meeting);
  const performers = watching.filter(isPerforming);
  for (const session of watching) tell(hub, session, performers);
}

/** A client gets videos only after its join, and people only after its subscription. */
function tell(hub: Hub, session: Session, performers: Session[]): void {
  if (session.phase === 'open' || session.phase === 'over') return;
  const index = indexFor(session, performers);
  if (JSON.stringify(index) !== session.told.index) {
    session.told.index = JSON.stringify(index);
    send(hub, session, { type: 'INDEX', index });
  }
  if (session.phase !== 'subscribed') return;
  const roster = rosterOf(performers);
  const streams = rosterChanges(session.told.roster, roster, (id) => hub.droppedStreams.has(id));
  session.told.roster = roster;
  if (streams.length > 0)
    send(hub, session, { type: 'AUDIO_STREAM_ID_INFO', audioStreamIdInfo: { streams } });
}

/** Tells a client that it may no longer send video. */
export function refuseVideo(hub: Hub, session: Session): void {
  const performers = audience(hub, session.root.meeting).filter(isPerforming);
  const error = { status: 206, description: 'Video cannot be sent' };
  send(hub, session, { type: 'INDEX', index: indexFor(session, performers), error });
}
