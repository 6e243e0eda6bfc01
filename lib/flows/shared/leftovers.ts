import type { Call } from '../../call.ts';
import { createMeeting, deleteMeetingOnce, type MeetingRequest } from '../../chime/meetings.ts';
import { isTrouble } from '../../chime/trouble.ts';
import { isSurelyDead, type Leftover, mayBeFresh, verdictOn } from '../../domain/meeting/leftovers.ts';
import { requestToken } from '../../domain/meeting/request-token.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { forgetLeftover, readLeftovers, rememberLeftover } from '../../store/leftovers.ts';
import { readRequest } from '../../store/requests.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { inLine } from './chime-quota.ts';

/**
 * Remember that the primary of this epoch may live at Chime after the write that comes next makes it unreachable. Where its
 * MeetingId is not known, its request token finds it. Returns what is left to delete.
 */
export async function leavePrimaryBehind(
  topology: Topology,
  what: Pick<Leftover, 'mediaRegion' | 'meetingId' | 'claimedUntil'>,
  call: Call,
): Promise<Leftover> {
  return leaveBehind(topology, { place: 'primary', ...what }, call);
}

/** The same of a replica whose ordinal is given up by the write that comes next. */
export async function leaveReplicaBehind(
  topology: Topology,
  what: Pick<Leftover, 'mediaRegion' | 'meetingId'> & { place: number },
  call: Call,
): Promise<Leftover> {
  return leaveBehind(topology, what, call);
}

async function leaveBehind(
  topology: Topology,
  what: Omit<Leftover, 'birth' | 'epoch' | 'since'>,
  call: Call,
): Promise<Leftover> {
  const { birth, epoch } = topology;
  const leftover: Leftover = { birth, epoch, since: call.now(), ...what };
  await rememberLeftover(topology, leftover, call.now());
  return leftover;
}

/**
 * A meeting of ours could not be published. In the same epoch another request took the claim over, and gets the same meeting by
 * the same request token: it is left to that one. Else no record will ever name it, so it is deleted.
 */
export async function discardUnpublished(
  topology: Topology,
  what: Pick<Leftover, 'place' | 'mediaRegion'> & { meetingId: string },
  call: Call,
): Promise<'at-once'> {
  const { birth, epoch } = topology;
  const now = await freshTopology(topology.externalMeetingId, call.now());
  if (verdictOn({ birth, epoch, since: call.now(), ...what }, now, call.now()) !== 'delete') return 'at-once';
  await deleteLeftover(topology, await leaveBehind(topology, what, call), call);
  return 'at-once';
}

/** Delete the leftovers of a name that may be deleted by now. `some-remain`: the reconciler has to look again. */
export async function deleteLeftovers(
  { externalMeetingId }: Pick<Topology, 'externalMeetingId'>,
  call: Call,
): Promise<'none-remain' | 'some-remain'> {
  const leftovers = await readLeftovers({ externalMeetingId });
  if (leftovers.length === 0) return 'none-remain';
  const topology = await freshTopology(externalMeetingId, call.now());
  let remaining = 0;
  for (const leftover of leftovers) {
    const verdict = verdictOn(leftover, topology, call.now());
    if (verdict === 'forget') await forgetLeftover({ externalMeetingId }, leftover);
    const isGone =
      verdict === 'forget' ||
      (verdict === 'delete' && (await deleteLeftover({ externalMeetingId }, leftover, call)) === 'gone');
    if (!isGone) remaining += 1;
  }
  return remaining === 0 ? 'none-remain' : 'some-remain';
}

/** Delete one leftover at Chime. It must be unreachable already. `left`: Chime did not do it, and the reconciler tries again. */
export async function deleteLeftover(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
  call: Call,
): Promise<'gone' | 'left'> {
  const known = leftover.meetingId === undefined ? await lookUp(topology, leftover, call) : leftover;
  if (known === 'unknown') return 'left';
  if (known !== 'none' && !(await isDeleted(known, call))) return 'left';
  await forgetLeftover(topology, leftover);
  return 'gone';
}

/** `NotFound` of a meeting that may have been made a moment ago proves nothing. */
async function isDeleted(leftover: Leftover, call: Call): Promise<boolean> {
  const deleted = await deleteMeetingOnce(inLine(call, 'long'), leftover.meetingId as string);
  return deleted === 'deleted' || (deleted === 'gone' && !mayBeFresh(leftover, call.now()));
}

/**
 * Chime lists no meetings, so it is asked for the meeting by its request token and the first request, word for word: that returns
 * the one that exists, or one that it makes now. `none`: nothing was ever sent, or what was opened has died of idleness.
 */
async function lookUp(
  topology: Pick<Topology, 'externalMeetingId'>,
  leftover: Leftover,
  call: Call,
): Promise<Leftover | 'none' | 'unknown'> {
  const request = await readRequest<MeetingRequest>(tokenOf(topology, leftover));
  if (!request) return 'none';
  const opened = await createMeeting(inLine(call, 'long'), request);
  if (isTrouble(opened)) return isSurelyDead(leftover, call.now()) ? 'none' : 'unknown';
  const known = { ...leftover, meetingId: opened.Meeting.MeetingId, since: call.now() };
  await rememberLeftover(topology, known, call.now());
  return known;
}

function tokenOf({ externalMeetingId }: Pick<Topology, 'externalMeetingId'>, leftover: Leftover) {
  const { place, mediaRegion } = leftover;
  const where = place === 'primary' ? place : { ordinal: place, mediaRegion };
  const ClientRequestToken = requestToken({ externalMeetingId, ...leftover }, where);
  return { ExternalMeetingId: externalMeetingId, ClientRequestToken };
}
