import type { RequestContext } from '../../context.ts';
import type { Capabilities } from '../../domain/meeting/capabilities.ts';
import { capabilityFaults, type StageSight } from '../../domain/meeting/stage-audit.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { leaseFor } from '../shared/lease.ts';
import { recordIntent, type Standing, settleIntent, standingOf } from '../stage/capabilities.ts';

/**
 * Bring what people on stage may do at Chime in line with the latest intent of their records: where a request did not finish, and
 * where Chime lists other capabilities than the record says.
 */
export async function reconcileCapabilities(
  topology: Topology,
  sight: StageSight,
  context: RequestContext,
): Promise<void> {
  for (const participant of capabilityFaults(topology, sight)) {
    const standing = standingOf(topology, participant);
    const open = standing && (await withIntent(standing, context));
    const settled = open && (await settleIntent(open, context, 'reconciling'));
    if (settled === 'rate-limited') return;
  }
}

/** The intent that is not confirmed; else what the record says is asked for again, as the next intent. */
async function withIntent(standing: Standing, context: RequestContext): Promise<Standing | undefined> {
  if (standing.place.wanted) return standing;
  const intentOf = (latest: Capabilities | undefined) => latest as Capabilities;
  const recorded = await recordIntent(standing, { intentOf, lease: leaseFor(context) }, context);
  return typeof recorded === 'string' ? undefined : recorded;
}
