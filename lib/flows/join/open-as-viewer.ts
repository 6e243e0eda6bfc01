import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { isClaimed, type Topology } from '../../domain/meeting/topology.ts';
import { giveUpPrimary, isAbandonedInDrain } from '../opening/abandoned-primary.ts';
import { openUnattended } from '../opening/primary-without-presenter.ts';
import { type Attempt, answered, RETRY_NOW } from '../shared/attempt.ts';
import { waiting } from './answers.ts';

/** Open the primary for the first viewer of a meeting whose options allow a start without a presenter. */
export async function openAsViewer(
  topology: Topology,
  mediaRegion: MediaRegion,
  context: RequestContext,
): Promise<Attempt> {
  if (isClaimed(topology.primary, context.now())) return answered(waiting(context, 'opening'));
  if (isAbandonedInDrain(topology, context)) {
    await giveUpPrimary(topology, context);
    return RETRY_NOW;
  }
  const next = await openUnattended(topology, mediaRegion, context);
  return next.kind === 'retry' ? RETRY_NOW : next;
}
