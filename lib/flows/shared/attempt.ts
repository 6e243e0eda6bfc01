import type { Answer, Call } from '../../call.ts';
import type { ChimeAttendee, ChimeMeeting, Topology } from '../../domain/meeting/topology.ts';
import type { Session } from '../../store/participant/participants.ts';

/** How long a caller may be kept while somebody else's one call to Chime is under way (milliseconds). */
const PATIENCE_MS = 1500;
const LOOKS_AT_MOST = 24;
const BETWEEN_LOOKS_MS = 60;

/** Nothing to seat them in yet: they ask again after about this long, not all at once. */
export function waiting(
  call: Call,
  reason: 'no-presenter' | 'opening',
  leastMs = 500,
  detail?: string,
): Answer {
  return comeBack(reason, Math.round(leastMs * (1 + call.random())), detail);
}

/** Nothing to seat them in yet: they ask again after this long. `detail`: what is wrong, for hosts and presenters only. */
export function comeBack(reason: 'no-presenter' | 'opening', retryAfterMs: number, detail?: string): Answer {
  const body = { status: 'waiting', reason, retryAfterMs, ...(detail && { detail }) };
  return { status: 202, body, retryAfterMs };
}

interface Place {
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
  placement: object;
  /** A viewer who is on stage beside it. */
  promoted?: boolean;
}

/** What `MeetingSessionConfiguration` takes, and where it is. */
export function joined(
  { topology, session, call }: { topology: Topology; session: Session; call: Call },
  { Meeting, Attendee, placement, promoted }: Place,
): Answer {
  const { epoch } = topology;
  const { role, externalUserId } = call.caller;
  // Replica viewers never see themselves, so the client must not wait for its own presence:
  // https://github.com/aws/amazon-chime-sdk-js/issues/2161
  const clientHints = { attendeePresenceTimeoutMs: 0 };
  const body = {
    status: 'joined',
    role,
    externalUserId,
    Meeting,
    Attendee,
    placement,
    epoch,
    ...session,
    clientHints,
  };
  return { status: 200, body: promoted ? { ...body, promoted } : body };
}

/** Not an answer yet: look again at once, for we got on; or soon, for somebody else is at it. */
export type LookAgain = 'at-once' | 'soon';

/** What comes of an attempt that gives no answer yet: look again, or say when to ask again. */
export type Next = LookAgain | { retryAfterMs: number; detail?: string };

/**
 * Try until there is an answer, or for about as long as a call to Chime takes; then say when to ask again. What we got
 * done ourselves is always read back, however long it took.
 */
export async function untilAnswered(call: Call, attempt: () => Promise<Answer | LookAgain>): Promise<Answer> {
  const until = call.now() + PATIENCE_MS;
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const answer = await attempt();
    if (typeof answer === 'object') return answer;
    if (answer === 'soon' && call.now() >= until) break;
    if (answer === 'soon') await call.pause(BETWEEN_LOOKS_MS * (1 + call.random()));
  }
  return waiting(call, 'opening');
}
