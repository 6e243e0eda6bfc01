import type { Call } from '../call.ts';
import { getMeeting } from '../chime/meetings.ts';
import { FRESH_MS, type Replica, type Topology } from '../domain/topology.ts';
import { takeTurn } from '../store/quota.ts';
import { retireLostReplica } from '../store/replica-claims.ts';

/**
 * A replica can die alone, and the event that told of it get lost: Chime is asked for each, so that nobody is sent to
 * a dead one for long. Whoever sat there gets another seat when they join again.
 */
export async function sweepReplicas(topology: Topology, call: Call): Promise<void> {
  const open = topology.replicas.filter(({ state }) => state === 'open');
  for (const replica of open) if (await isGone(replica, call)) await retireLostReplica(topology, replica);
}

/** One that was made just now may only not be found yet: it is looked for twice. */
async function isGone({ meetingId }: Replica, call: Call): Promise<boolean> {
  const turn = await takeTurn('GetMeeting', { calls: 2, now: call.now(), patienceMs: 0 });
  if ('retryAfterMs' in turn || (await getMeeting(meetingId as string)) !== 'gone') return false;
  await call.pause(FRESH_MS);
  return (await getMeeting(meetingId as string)) === 'gone';
}
