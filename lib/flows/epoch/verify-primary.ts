import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { isUnproven } from '../../domain/meeting/freshness.ts';
import {
  endsAt,
  isCheckDue,
  isLive,
  isTooOld,
  type LiveTopology,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { takeCheck } from '../../store/topology/checks.ts';
import { chimeLimiter, type MaxWait } from '../shared/chime-quota.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { nextEpoch } from './begin-next.ts';

/**
 * Check once per interval whether the primary exists. Viewers are seated without a call to Chime, so without this a
 * death whose event was lost would go unnoticed. Of all requests in one interval, one asks Chime. `moved-on`: the
 * primary is dead, and the next epoch has begun.
 */
export async function checkPrimary(
  topology: Topology,
  context: RequestContext,
  everyMs = settings().checkPrimaryMs,
): Promise<'alive' | 'moved-on'> {
  if (!isLive(topology)) return 'alive';
  const now = context.now();
  if (isTooOld(topology, now)) return moveOn(topology, endsAt(topology));
  if (!isCheckDue(topology, { now, everyMs })) return 'alive';
  if ((await takeCheck(topology, { owner: context.requestId, now })) === 'conflict') return 'alive';
  return (await lookFor(topology, context, 'none')) === 'gone' ? leaveBehind(topology, context) : 'alive';
}

/**
 * Check the primary after a call to Chime did not find it. If it is dead, the next epoch begins. `indeterminate`:
 * Chime does not say.
 */
export async function unlessAlive(
  topology: LiveTopology,
  context: RequestContext,
): Promise<'alive' | 'moved-on' | 'indeterminate'> {
  const state = await lookFor(topology, context, 'brief');
  return state === 'gone' ? leaveBehind(topology, context) : state;
}

async function lookFor(
  topology: LiveTopology,
  context: RequestContext,
  maxWait: MaxWait,
): Promise<'alive' | 'gone' | 'indeterminate'> {
  const found = await getMeeting(chimeLimiter(context, maxWait), topology.primary.Meeting.MeetingId);
  if (found === 'gone') return isUnproven(topology, context.now()) ? 'indeterminate' : 'gone';
  return isChimeFailure(found) ? 'indeterminate' : 'alive';
}

/**
 * Begin the next epoch after Chime did not find the primary. If the primary does exist, it is deleted as a leftover.
 */
async function leaveBehind(topology: LiveTopology, context: RequestContext): Promise<'moved-on'> {
  const { mediaRegion, Meeting } = topology.primary;
  await leavePrimaryBehind(topology, { mediaRegion, meetingId: Meeting.MeetingId }, context);
  return moveOn(topology, context.now());
}

async function moveOn(topology: LiveTopology, endedAt: number): Promise<'moved-on'> {
  await nextEpoch(topology, endedAt);
  return 'moved-on';
}
