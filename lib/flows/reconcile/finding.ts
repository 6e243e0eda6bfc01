import type { Topology } from '../../domain/meeting/topology.ts';
import { type Finding, findingOf } from '../../domain/reconcile/finding.ts';
import { settings } from '../../settings.ts';

/** What the records of a name tell by the rules of this deployment, apart from replicas to be opened or moved. */
export function findingAt(
  topology: Topology,
  records: Parameters<typeof findingOf>[1],
  now: number,
): Finding {
  const { droppedSeatMs, endEmptyAfterMs, captionsRestartMs } = settings();
  return findingOf(topology, records, { droppedSeatMs, endEmptyAfterMs, captionsRestartMs, now });
}
