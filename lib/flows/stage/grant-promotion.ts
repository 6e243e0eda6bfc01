import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { explicitCapabilities } from '../../domain/meeting/capabilities.ts';
import {
  epochIn,
  heldAttendee,
  isAttending,
  placeIn,
  type StagePlace,
} from '../../domain/meeting/participant.ts';
import { isLive } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { lower } from '../../store/participant/hands.ts';
import type { Subject } from '../../store/participant/participants.ts';
import { attendeeOnEntry, checkedCapabilities } from '../seats/first-attendee.ts';
import { type Attempt, answered, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { lookUp } from '../shared/context.ts';
import { enterPrimary } from './enter.ts';
import { leavePlace } from './leave.ts';

type GrantRequest = RequestOf<(typeof operations)['grantPromotion']>;

/** When the client retries while the stage stays busy, at the earliest (milliseconds). */
const LATER_MS = 500;
const BY_ROLE = 'This person is on stage by their role, not in the audience.';

/**
 * Promote a seated viewer: create a second attendee, in the primary, under their own user id. The response never
 * contains the credential; only the viewer can read it. Idempotent.
 */
export async function grantPromotion(request: GrantRequest, context: RequestContext): Promise<Answer> {
  return retryUntilAnswered(
    context,
    BOUNDS.stage,
    () => attempt(request, context),
    (later) => {
      const retryAfterMs = later?.retryAfterMs ?? Math.round(LATER_MS * (1 + context.random()));
      throw new Refusal('UPSTREAM_UNAVAILABLE', { retryAfterMs });
    },
  );
}

async function attempt(request: GrantRequest, context: RequestContext): Promise<Attempt> {
  const { externalMeetingId, externalUserId } = request;
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, context);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  const granted = { status: 200, body: { externalUserId, state: 'granted' } };
  if (participant && heldAttendee(topology, participant)) {
    if (!participant.place?.promoted) throw new Refusal('NOT_JOINED', { detail: BY_ROLE });
    if (participant.hand) await lower({ topology, caller: participant, knownEpoch: topology.epoch });
    return answered(granted);
  }
  const caller = { externalUserId, role: participant?.role ?? 'viewer' };
  const knownEpoch = epochIn(topology, participant);
  if (!isLive(topology) || !isAttending(topology, participant) || participant?.bannedAt) {
    await clearUp({ topology, caller, knownEpoch }, placeIn(topology, participant), context);
    throw new Refusal('NOT_JOINED');
  }
  const subject = { topology, caller, knownEpoch };
  const features = topology.options.meetingFeatures;
  const { capabilities } = request.body;
  const first = capabilities
    ? checkedCapabilities(subject, capabilities)
    : attendeeOnEntry(subject, { asked: explicitCapabilities(features), participant: undefined });
  return enterPrimary(subject, { first, promoted: true }, context);
}

/** Remove what an earlier attempt left on stage for a viewer who is no longer seated. */
async function clearUp(
  subject: Subject,
  place: StagePlace | undefined,
  context: RequestContext,
): Promise<void> {
  if (place?.promoted) await leavePlace(subject, place, context);
}
