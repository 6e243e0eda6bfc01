import * as z from 'zod';
import { Declined, parsed } from '../declined.ts';
import type { Reply, Request } from '../messages.ts';
import { answerOf, declined, jsonOf } from '../out-of-band/json.ts';
import { FRAME_FAULTS } from './faults.ts';
import { FRAME_TYPES } from './frame.ts';
import type { Hub } from './hub.ts';
import { idOf } from './identity.ts';
import { onStageAs, type Session } from './session.ts';

type Answer = (hub: Hub, request: Request) => unknown;

const PREFIX = '/_emulator/signaling/';

const ANSWERS: Record<string, Answer> = {
  'GET connections': ({ sessions }) => [...sessions].map(connectionFacts),
  'GET client-events': ({ clientEvents }) => clientEvents,
  'POST faults': addFault,
  'POST drops': drop,
};

export const isAboutSignaling = ({ path }: Request) => path.startsWith(PREFIX);

/** Handles a request about clients' connections: JSON, or 400 with a message. */
export function handleSignaling(hub: Hub, request: Request): Reply {
  const answer = ANSWERS[`${request.method} ${request.path.slice(PREFIX.length)}`];
  if (!answer) return declined(`${request.method} ${request.path} is not known here`);
  return answerOf(() => answer(hub, request));
}

const NewFault = z.strictObject({
  frame: z.enum(FRAME_TYPES),
  times: z.int().min(1).default(1),
  fault: z.enum(FRAME_FAULTS),
  delayMs: z.int().min(0).default(0),
  status: z.int().min(400).max(599).default(409),
});

function addFault({ faults }: Hub, request: Request) {
  const fault = parsed(NewFault, jsonOf(request));
  if (fault.fault === 'refuse' && fault.frame !== 'PRIMARY_MEETING_JOIN') {
    throw new Declined('Only PRIMARY_MEETING_JOIN can be refused');
  }
  faults.push(fault);
  return faults;
}

const Drop = z.strictObject({ meetingId: z.string(), attendeeId: z.string().optional() });

/** Breaks the sockets of a meeting, or of one of its attendees, as a network failure would. */
function drop({ sessions }: Hub, request: Request) {
  const { meetingId, attendeeId } = parsed(Drop, jsonOf(request));
  const struck = [...sessions].filter(
    ({ root }) =>
      root.meeting.meetingId === meetingId &&
      (attendeeId === undefined || root.attendee.attendeeId === attendeeId),
  );
  for (const { link } of struck) link.drop();
  return { dropped: struck.length };
}

/** The facts of a connection, without tokens. */
function connectionFacts(session: Session) {
  const { root, phase, muted, video } = session;
  const identity = onStageAs(session);
  return {
    meetingId: root.meeting.meetingId,
    attendeeId: idOf(root),
    externalUserId: root.attendee.externalUserId,
    onStageAs: identity ? idOf(identity) : null,
    phase,
    muted,
    sendsVideo: video !== null,
  };
}
