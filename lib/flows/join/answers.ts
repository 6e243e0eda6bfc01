import type { Answer, RequestContext } from '../../context.ts';
import { captionsOf } from '../../domain/captions/state.ts';
import { REPORT_EVERY_MS, sampleOf } from '../../domain/client-events/report.ts';
import type { ChimeAttendee, ChimeMeeting, Topology } from '../../domain/meeting/topology.ts';
import type { ClosedBecause } from '../../domain/meeting/waiting-room.ts';
import type { Session } from '../../store/participant/participants.ts';

/**
 * `waiting`: there is no seat yet. The client retries after this time with jitter, so that a crowd does not retry at
 * once.
 */
export function waiting(context: RequestContext, reason: Reason, leastMs = 500, detail?: string): Answer {
  return retryLater(reason, Math.round(leastMs * (1 + context.random())), detail ? { detail } : {});
}

type Reason = ClosedBecause | 'opening';

/**
 * `waiting`: there is no seat yet. The client retries after exactly this time. `detail`: the problem, for hosts and
 * presenters only. `startsAt`: when the event starts.
 */
export function retryLater(
  reason: Reason,
  retryAfterMs: number,
  more: { detail?: string; startsAt?: string } = {},
): Answer {
  const body = { status: 'waiting', reason, retryAfterMs, ...more };
  return { status: 202, body, retryAfterMs };
}

interface Place {
  Meeting: ChimeMeeting;
  Attendee: ChimeAttendee;
  placement: object;
  /** Set for a viewer who is also on stage. */
  promoted?: boolean;
}

/** `joined`: what `MeetingSessionConfiguration` takes, and where the seat is. */
export function joined(
  { topology, session, context }: { topology: Topology; session: Session; context: RequestContext },
  { Meeting, Attendee, placement, promoted }: Place,
): Answer {
  const { epoch } = topology;
  const { role, externalUserId } = context.caller;
  // Replica viewers never see themselves, so the client must not wait for its own presence:
  // https://github.com/aws/amazon-chime-sdk-js/issues/2161
  const clientHints = { attendeePresenceTimeoutMs: 0 };
  const captions = captionsOf(topology, role !== 'viewer');
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
    clientEvents: { sample: sampleOf(topology, role === 'viewer'), everyMs: REPORT_EVERY_MS },
    ...(captions && { captions }),
  };
  return { status: 200, body: promoted ? { ...body, promoted } : body };
}
