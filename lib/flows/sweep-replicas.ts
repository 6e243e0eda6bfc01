import type { Call } from '../call.ts';
import { getMeeting } from '../chime/meetings.ts';
import { FRESH_MS, type Replica, type Topology } from '../domain/topology.ts';
import { retireLostReplica } from '../store/replica-marks.ts';
import { inLine } from './turn.ts';

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
  const isNotFound = async () => (await getMeeting(inLine(call, 'sweeping'), meetingId as string)) === 'gone';
  if (!(await isNotFound())) return false;
  await call.pause(FRESH_MS);
  return isNotFound();
}
