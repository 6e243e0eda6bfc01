import type { Call } from '../call.ts';
import { getMeeting } from '../chime/meetings.ts';
import { primaryMeetingId, type Topology } from '../domain/topology.ts';
import { takeTurn } from '../store/quota.ts';

/** Chime ends a meeting that nobody was in for this long: https://docs.aws.amazon.com/chime-sdk/latest/dg/create-mtgs.html */
const IDLE_END_MS = 300_000;

/**
 * Did the primary die without our being told? Chime is asked once it is old enough to have died of idleness. Where
 * the quota has no turn, or Chime no answer, it is taken for alive.
 */
export async function hasDied(topology: Topology, call: Call): Promise<boolean> {
  const meetingId = primaryMeetingId(topology);
  const openedAt = topology.primary?.openedAt ?? call.now();
  if (!meetingId || call.now() - openedAt < IDLE_END_MS) return false;
  const turn = await takeTurn('GetMeeting', { calls: 1, now: call.now(), patienceMs: 0 });
  return 'waitMs' in turn && (await getMeeting(meetingId)) === 'gone';
}
