import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { epochIn, type Participant, placeIn, revokedIn, seatIn } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { ban } from '../../store/participant/bans.ts';
import { lower } from '../../store/participant/hands.ts';
import type { Subject } from '../../store/participant/participants.ts';
import { revokeSeat } from '../seats/revoke-seat.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { lookUpTopology, lookUpUnchecked } from '../shared/context.ts';
import { leavePlace } from '../stage/leave.ts';

type RemoveRequest = RequestOf<(typeof operations)['removeAttendee']>;

/**
 * Remove a person: delete their attendees in the primary and in the replica, and lower their hand. With `ban` the
 * ban is written first, so that a join under way conflicts. The record is read again until the person has neither
 * seat nor place, because a promotion may have succeeded meanwhile. A place that is being claimed right now is not
 * waited for: without a seat, or with the ban, the claim fails. Idempotent; a retry finishes what a crash left
 * undone. So hosts who ban themselves may repeat that request, although they are banned by then.
 */
export async function removeAttendee(request: RemoveRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, externalUserId } = request;
  const isOneself = externalUserId === context.caller.externalUserId;
  await (isOneself
    ? lookUpUnchecked(externalMeetingId, externalUserId, context)
    : lookUpTopology(externalMeetingId, context));
  if (request.ban) await ban(externalMeetingId, externalUserId, context.now());
  const done = { status: 204 };
  const attempt = async (): Promise<Attempt> => {
    const { topology, participant } = await lookUpUnchecked(externalMeetingId, externalUserId, context);
    const isOut = !participant || (await putOut({ topology, participant }, context)) === 'out';
    return isOut ? answered(done) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.removeAttendee, attempt, () => done);
}

async function putOut(
  { topology, participant }: { topology: Topology; participant: Participant },
  context: RequestContext,
): Promise<'out' | 'look-again'> {
  const place = placeIn(topology, participant);
  const seat = seatIn(topology, participant);
  const revoked = revokedIn(topology, participant);
  const subject: Subject = { topology, caller: participant, knownEpoch: epochIn(topology, participant) };
  if (participant.hand) await lower(subject);
  if (!place && !seat && !revoked) return 'out';
  await leavePlace(subject, place, context);
  await revokeSeat(subject, { seat, revoked, reason: 'removal' }, context);
  return 'look-again';
}
