import type { RequestContext } from '../../lib/context.ts';
import type { LiveTopology } from '../../lib/domain/meeting/topology.ts';
import * as flow from '../../lib/flows/reconcile/meeting.ts';
import * as stage from '../../lib/flows/reconcile/stage.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';

/** Looks at one name, due or not. Returns when it is due next. */
export async function reconcileMeeting(name: string, context: RequestContext): Promise<number | 'never'> {
  const topology = await freshTopology(name, context.now());
  const plan = topology ? await flow.reconcileMeeting(topology, context) : 'never';
  return plan === 'never' ? plan : plan.next;
}

/** Sees one stage and reconciles it. */
export async function reconcileStage(topology: LiveTopology, context: RequestContext): Promise<void> {
  const sight = await stage.seeStage(topology, context);
  if (typeof sight === 'object') await stage.reconcileStage(topology, sight, context);
}
