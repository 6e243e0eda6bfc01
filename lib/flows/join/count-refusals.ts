import { perName } from '../../container.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import type { RefusalCode } from '../../refusals.ts';
import { addRefusals } from '../../store/ledger/lives.ts';
import { lastReadTopology } from '../../store/topology/topologies.ts';

/** The refusals of one life that a container has not reported, and when it last reported (milliseconds since the epoch). */
interface Tally {
  incarnation: string;
  codes: Map<string, number>;
  reportedAt: number;
}

/** A container reports at most this often (milliseconds). */
const REPORT_MS = 1000;
const tallies = perName<Tally>();

/**
 * Count a join that is refused. The container adds its counts to those of all containers at most once a second, with the refusal that is
 * due then. So a crowd that is refused costs a write for each container and second. The last counts of a container may be lost.
 */
export async function countRefusal(externalMeetingId: string, code: RefusalCode, now: number): Promise<void> {
  const topology = lastReadTopology(externalMeetingId);
  if (!topology) return; // the name is unknown
  const tally = tallyOf(topology);
  tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1);
  if (now - tally.reportedAt < REPORT_MS) return;
  const { codes } = tally;
  Object.assign(tally, { codes: new Map(), reportedAt: now });
  await addRefusals(topology, codes, now).catch(() => undefined);
}

function tallyOf({ externalMeetingId, incarnation }: Topology): Tally {
  const found = tallies.get(externalMeetingId);
  if (found?.incarnation === incarnation) return found;
  return tallies.set(externalMeetingId, { incarnation, codes: new Map(), reportedAt: 0 });
}
