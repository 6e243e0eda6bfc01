import type { Call } from '../../call.ts';
import { getMeeting } from '../../chime/meetings.ts';
import { isTrouble } from '../../chime/trouble.ts';
import {
  isCheckDue,
  isTooOld,
  type PrimaryMeeting,
  primaryMeetingId,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { takeCheck } from '../../store/topology/checks.ts';
import { inLine, type Patience } from '../shared/chime-quota.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { nextEpoch } from './begin-next.ts';

/**
 * Make sure, once in a while, that the primary lives: viewers are seated without a call to Chime, so without this
 * a death that no event told of would go unnoticed. Of all who join in one interval, one asks. `moved-on` means
 * that it is dead, and the next epoch has begun.
 */
export async function checkPrimary(
  topology: Topology,
  call: Call,
  everyMs = settings().checkPrimaryMs,
): Promise<'alive' | 'moved-on'> {
  if (!primaryMeetingId(topology)) return 'alive';
  const now = call.now();
  if (isTooOld(topology, now)) return moveOn(topology);
  if (!isCheckDue(topology, { now, everyMs })) return 'alive';
  if ((await takeCheck(topology, { owner: call.requestId, now })) === 'lost') return 'alive';
  return (await lookFor(topology, call, 'none')) === 'gone' ? leaveBehind(topology, call) : 'alive';
}

/** Some call to Chime did not find the primary: begin the next epoch if that is so. `unknown` where Chime does not say. */
export async function unlessAlive(topology: Topology, call: Call): Promise<'alive' | 'moved-on' | 'unknown'> {
  const state = await lookFor(topology, call, 'brief');
  return state === 'gone' ? leaveBehind(topology, call) : state;
}

async function lookFor(
  topology: Topology,
  call: Call,
  patience: Patience,
): Promise<'alive' | 'gone' | 'unknown'> {
  const found = await getMeeting(inLine(call, patience), primaryMeetingId(topology) as string);
  if (found === 'gone') return 'gone';
  return isTrouble(found) ? 'unknown' : 'alive';
}

/** Chime does not find the primary. Should it live nevertheless, it is deleted once it is unreachable. */
async function leaveBehind(topology: Topology, call: Call): Promise<'moved-on'> {
  const { mediaRegion } = topology.primary as PrimaryMeeting;
  const meetingId = primaryMeetingId(topology) as string;
  await leavePrimaryBehind(topology, { mediaRegion, meetingId }, call);
  return moveOn(topology);
}

async function moveOn(topology: Topology): Promise<'moved-on'> {
  await nextEpoch(topology);
  return 'moved-on';
}
