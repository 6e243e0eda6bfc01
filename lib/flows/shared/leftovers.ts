import { isChimeFailure } from '../../chime/failure.ts';
import { createMeeting, deleteMeeting, type MeetingRequest } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import {
  isKnown,
  isSurelyDead,
  type KnownLeftover,
  type Leftover,
  mayBeFresh,
  verdictOn,
} from '../../domain/meeting/leftovers.ts';
import { requestToken } from '../../domain/meeting/request-token.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { forgetLeftover, readLeftovers, rememberLeftover } from '../../store/leftovers.ts';
import { readRequest } from '../../store/requests.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { RETRY_NOW, type Retry } from './attempt.ts';
import { chimeLimiter } from './chime-quota.ts';

/**
 * Record the primary of this epoch as a leftover before the next write makes it unreachable. Without a MeetingId,
 * its request token finds it later. Returns the leftover to delete.
 */
export async function leavePrimaryBehind(
  topology: Topology,
  what: Pick<Leftover, 'mediaRegion' | 'meetingId' | 'claimedUntil'>,
  context: RequestContext,
): Promise<Leftover> {
  return leaveBehind(topology, { place: 'primary', ...what }, context);
}

/** The same as `leavePrimaryBehind`, for a replica whose ordinal the next write deletes. */
export async function leaveReplicaBehind(
  topology: Topology,
  what: Pick<Leftover, 'mediaRegion' | 'meetingId'> & { place: number },
  context: RequestContext,
): Promise<Leftover> {
  return leaveBehind(topology, what, context);
}

async function leaveBehind(
  topology: Topology,
  what: Omit<Leftover, 'incarnation' | 'epoch' | 'since'>,
  context: RequestContext,
): Promise<Leftover> {
  const { incarnation, epoch } = topology;
  const leftover: Leftover = { incarnation, epoch, since: context.now(), ...what };
  await rememberLeftover(topology, leftover, context.now());
  return leftover;
}

/**
 * Handle a meeting that this request opened but could not publish. If the topology still has the claim in the same
 * epoch, another request has taken that claim over and gets the same meeting by the request token: the meeting
 * stays. Otherwise no record will ever name the meeting, so it is deleted.
 */
export async function discardUnpublished(
  topology: Topology,
  what: Pick<Leftover, 'place' | 'mediaRegion'> & { meetingId: string },
  context: RequestContext,
): Promise<Retry> {
  const { incarnation, epoch } = topology;
  const now = await freshTopology(topology.externalMeetingId, context.now());
  if (verdictOn({ incarnation, epoch, since: context.now(), ...what }, now, context.now()) !== 'delete')
    return RETRY_NOW;
  await deleteLeftover(topology, await leaveBehind(topology, what, context), context);
  return RETRY_NOW;
}

/** Delete the leftovers of a name that may be deleted by now. `some-remain`: the reconciler must try again. */
export async function deleteLeftovers(
  { externalMeetingId }: Pick<Topology, 'externalMeetingId'>,
  context: RequestContext,
): Promise<'none-remain' | 'some-remain'> {
  const leftovers = await readLeftovers({ externalMeetingId });
  if (leftovers.length === 0) return 'none-remain';
  const topology = await freshTopology(externalMeetingId, context.now());
  let remaining = 0;
  for (const leftover of leftovers) {
    const verdict = verdictOn(leftover, topology, context.now());
    if (verdict === 'forget') await forgetLeftover({ externalMeetingId }, leftover);
    const isGone =
      verdict === 'forget' ||
      (verdict === 'delete' && (await deleteLeftover({ externalMeetingId }, leftover, context)) === 'gone');
    if (!isGone) remaining += 1;
  }
  return remaining === 0 ? 'none-remain' : 'some-remain';
}

/**
 * Delete one leftover at Chime. Call this only after the write that makes the leftover unreachable. `remains`:
 * Chime failed, and the reconciler tries again.
 */
export async function deleteLeftover(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
  context: RequestContext,
): Promise<'gone' | 'remains'> {
  const known = isKnown(leftover) ? leftover : await lookUp(topology, leftover, context);
  if (known === 'indeterminate') return 'remains';
  if (known !== 'none' && !(await isDeleted(known, context))) return 'remains';
  await forgetLeftover(topology, leftover);
  return 'gone';
}

/** Whether the meeting does not exist any more. `NotFound` proves nothing for a meeting that may be new. */
async function isDeleted(leftover: KnownLeftover, context: RequestContext): Promise<boolean> {
  const deleted = await deleteMeeting(chimeLimiter(context, 'long'), leftover.meetingId);
  return deleted === 'deleted' || (deleted === 'gone' && !mayBeFresh(leftover, context.now()));
}

/**
 * Find the MeetingId of a leftover. Chime cannot list meetings, so its first request is repeated word for word with
 * its request token. That returns the existing meeting, or a new one. `none`: no request was sent, or the meeting
 * died of idleness.
 */
async function lookUp(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
  context: RequestContext,
): Promise<KnownLeftover | 'none' | 'indeterminate'> {
  const request = await readRequest<MeetingRequest>(tokenOf(topology, leftover));
  if (!request) return 'none';
  const opened = await createMeeting(chimeLimiter(context, 'long'), request);
  if (isChimeFailure(opened)) return isSurelyDead(leftover, context.now()) ? 'none' : 'indeterminate';
  const known = { ...leftover, meetingId: opened.Meeting.MeetingId, since: context.now() };
  await rememberLeftover(topology, known, context.now());
  return known;
}

function tokenOf({ externalMeetingId }: Pick<Topology, 'externalMeetingId'>, leftover: Leftover) {
  const { place, mediaRegion } = leftover;
  const where = place === 'primary' ? place : { ordinal: place, mediaRegion };
  const ClientRequestToken = requestToken({ externalMeetingId, ...leftover }, where);
  return { ExternalMeetingId: externalMeetingId, ClientRequestToken };
}
