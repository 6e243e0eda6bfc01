import type { Answer, RequestContext } from '../../context.ts';
import type { ChimeAttendee, ChimeMeeting, Topology } from '../../domain/meeting/topology.ts';
import type { Session } from '../../store/participant/participants.ts';

/** How long a caller may be kept while somebody else's one call to Chime is under way (milliseconds). */
const PATIENCE_MS = 1500;
const LOOKS_AT_MOST = 24;
const BETWEEN_LOOKS_MS = 60;

/** Nothing to seat them in yet: they ask again after about this long, not all at once. */
export function waiting(
  context: RequestContext,
  reason: 'no-presenter' | 'opening',
  leastMs = 500,
  detail?: string,
): Answer {
  return retryLater(reason, Math.round(leastMs * (1 + context.random())), detail);
}

/** Nothing to seat them in yet: they ask again after this long. `detail`: what is wrong, for hosts and presenters only. */
export function retryLater(
  reason: 'no-presenter' | 'opening',
  retryAfterMs: number,
  detail?: string,
): Answer {
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
  { topology, session, context }: { topology: Topology; session: Session; context: RequestContext },
  { Meeting, Attendee, placement, promoted }: Place,
): Answer {
  const { epoch } = topology;
  const { role, externalUserId } = context.caller;
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
export type Retry = 'now' | 'shortly';

/** What comes of an attempt that gives no answer yet: look again, or say when to ask again. */
export type AttemptResult = Retry | { retryAfterMs: number; detail?: string };

/**
 * Try until there is an answer, or for about as long as a call to Chime takes; then say when to ask again. What we got
 * done ourselves is always read back, however long it took.
 */
export async function retryUntilAnswered(
  context: RequestContext,
  attempt: () => Promise<Answer | Retry>,
): Promise<Answer> {
  const until = context.now() + PATIENCE_MS;
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const answer = await attempt();
    if (typeof answer === 'object') return answer;
    if (answer === 'shortly' && context.now() >= until) break;
    if (answer === 'shortly') await context.pause(BETWEEN_LOOKS_MS * (1 + context.random()));
  }
  return waiting(context, 'opening');
}
