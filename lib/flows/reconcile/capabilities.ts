import type { RequestContext } from '../../context.ts';
import type { Capabilities } from '../../domain/meeting/capabilities.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { leaseFor } from '../shared/lease.ts';
import { recordIntent, type Standing, settleIntent, standingOf } from '../stage/capabilities.ts';

/**
 * Reconcile the capabilities of people on stage at Chime with the latest intent of their records. Either a request
 * did not finish, or Chime lists other capabilities than the record (`capabilityFaults`).
 */
export async function reconcileCapabilities(
  topology: Topology,
  differing: readonly Participant[],
  context: RequestContext,
): Promise<void> {
  for (const participant of differing) {
    const standing = standingOf(topology, participant);
    const open = standing && (await withIntent(standing, context));
    const settled = open && (await settleIntent(open, context, 'reconciling'));
    if (settled === 'rate-limited') return;
  }
}

/** The standing with an unconfirmed intent; without one, the recorded capabilities become the next intent. */
async function withIntent(standing: Standing, context: RequestContext): Promise<Standing | undefined> {
  if (standing.place.wanted) return standing;
  const intentOf = (latest: Capabilities | undefined) => latest as Capabilities;
  const recorded = await recordIntent(standing, { intentOf, lease: leaseFor(context) }, context);
  return typeof recorded === 'string' ? undefined : recorded;
}
