import type { Meeting } from '../../state/meetings/meeting.ts';
import type { DataMessage, Frame } from '../frame.ts';
import { audience, type Hub, send } from '../hub.ts';
import { type Identity, idOf } from '../identity.ts';
import { onStageAs, type Session, stageOf } from '../session.ts';
import { count, store, storedMessages } from './traffic.ts';

const MOST_BYTES = 2048;
const RESERVED = /^aws:/i;
/** Clients show a message of this instant to its sender as throttled. */
const THROTTLED_NS = 0;

/**
 * Relays messages of a person on stage to all others who watch it; viewers' messages are dropped. A message beyond the meeting's
 * rate returns to its sender. One that is too long, or beyond the flood limits, is lost.
 */
export function relay(hub: Hub, session: Session, { dataMessage }: Frame): void {
  const sender = onStageAs(session);
  const stage = stageMeeting(hub, session.root.meeting);
  if (!sender || !stage) return;
  const passed: DataMessage[] = [];
  const returned: DataMessage[] = [];
  for (const message of (dataMessage?.messages ?? []).filter((each) => isAdmitted(hub, each))) {
    const verdict = count(hub.state, stage, sender.attendee);
    if (verdict === 'relayed') passed.push(signed(hub, sender, message));
    if (verdict === 'throttled')
      returned.push({ ...signed(hub, sender, message), ingestTimeNs: THROTTLED_NS });
    if (verdict === 'flood' && hub.state.options.floodingClient === 'disconnected') session.link.drop();
  }
  for (const message of passed) store(hub.state, stage, message);
  if (returned.length > 0) deliver(hub, session, returned);
  for (const other of audience(hub, session.root.meeting)) {
    if (other !== session && other.phase === 'subscribed') deliver(hub, other, passed);
  }
}

function isAdmitted({ state }: Hub, { data, topic = '' }: DataMessage): boolean {
  const isReserved = RESERVED.test(topic) && state.options.reservedTopics === 'drop';
  return !isReserved && (data?.length ?? 0) <= MOST_BYTES;
}

const signed = ({ state }: Hub, sender: Identity, message: DataMessage): DataMessage => ({
  ...message,
  senderAttendeeId: idOf(sender),
  senderExternalUserId: sender.attendee.externalUserId,
  ingestTimeNs: state.clock.now() * 1e6,
});

/** Sends the stored messages to a client that has entered; not those that it sent itself. */
export function replay(hub: Hub, session: Session): void {
  const { meeting } = session.root;
  const stage = stageMeeting(hub, meeting);
  if (!stage || (stage !== meeting && !hub.state.options.storedMessagesToReplicas)) return;
  const own = idOf(session.root);
  const missed = storedMessages(hub.state, stage).filter(({ senderAttendeeId }) => senderAttendeeId !== own);
  deliver(hub, session, missed);
}

/** The primary whose stage a meeting shows. */
const stageMeeting = ({ state }: Hub, meeting: Meeting) => state.meetings.get(stageOf(meeting));

function deliver(hub: Hub, session: Session, messages: DataMessage[]): void {
  if (messages.length > 0) send(hub, session, { type: 'DATA_MESSAGE', dataMessage: { messages } });
}
