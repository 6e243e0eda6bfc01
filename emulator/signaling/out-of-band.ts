import * as z from 'zod';
import { jsonReply, type Reply, type Request } from '../messages.ts';
import { Declined, jsonOf } from '../out-of-band/declined.ts';
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
  try {
    return jsonReply(200, answer(hub, request));
  } catch (error) {
    if (error instanceof z.ZodError) return declined(z.prettifyError(error));
    if (error instanceof Declined) return declined(error.message);
    throw error;
  }
}

const declined = (words: string) => jsonReply(400, { error: words });

const NewFault = z.strictObject({
  frame: z.enum(FRAME_TYPES),
  times: z.int().min(1).default(1),
  fault: z.enum(FRAME_FAULTS),
  delayMs: z.int().min(0).default(0),
  status: z.int().min(400).max(599).default(409),
});

function addFault({ faults }: Hub, request: Request) {
  const fault = NewFault.parse(jsonOf(request));
  if (fault.fault === 'refuse' && fault.frame !== 'PRIMARY_MEETING_JOIN') {
    throw new Declined('Only PRIMARY_MEETING_JOIN can be refused');
  }
  faults.push(fault);
  return faults;
}

const Drop = z.strictObject({ meetingId: z.string(), attendeeId: z.string().optional() });

/** Breaks the sockets of a meeting, or of one of its attendees, as a network failure would. */
function drop({ sessions }: Hub, request: Request) {
  const { meetingId, attendeeId } = Drop.parse(jsonOf(request));
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
