import type { ChimeFailure } from '../../chime/failure.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import type { Capabilities } from '../../domain/meeting/capabilities.ts';
import { changedFrom } from '../../domain/meeting/muting.ts';
import { Refusal } from '../../refusals.ts';
import { checkedCapabilities } from '../seats/first-attendee.ts';
import { declined } from '../shared/chime-quota.ts';
import { lookUp } from '../shared/context.ts';
import { leaseFor } from '../shared/lease.ts';
import { recordIntent, settleIntent, standingOf } from './capabilities.ts';

type UpdateRequest = RequestOf<(typeof operations)['updateAttendee']>;

/**
 * Change the capabilities of a person on stage; what the request omits stays. They are applied at Chime when this
 * returns. Of concurrent requests, the later intent holds. If Chime fails, the intent stays recorded, and the next
 * request about the person or the reconciler applies it.
 */
export async function updateAttendee(request: UpdateRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, externalUserId, body } = request;
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, context);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  const standing = standingOf(topology, participant);
  if (!standing) throw refusalFor('gone');
  const features = topology.options.meetingFeatures;
  const intentOf = (latest: Capabilities | undefined) => {
    const changed = changedFrom(latest, body.capabilities, features);
    checkedCapabilities(standing.subject, changed);
    return changed;
  };
  const recorded = await recordIntent(standing, { intentOf, lease: leaseFor(context) }, context);
  if (typeof recorded === 'string') throw refusalFor(recorded);
  const settled = await settleIntent(recorded, context);
  if (typeof settled === 'string') throw refusalFor(settled);
  const capabilities = recorded.place.wanted;
  return { status: 200, body: { externalUserId, capabilities } };
}

function refusalFor(failure: ChimeFailure | 'busy'): Refusal {
  if (failure === 'gone') return new Refusal('NOT_JOINED', { detail: 'This person is not on stage.' });
  if (failure === 'rejected')
    return new Refusal('BAD_REQUEST', { field: 'capabilities', detail: 'were rejected by Chime' });
  return declined(failure === 'busy' ? 'rate-limited' : failure);
}
