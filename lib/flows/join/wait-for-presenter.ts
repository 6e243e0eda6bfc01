import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import {
  isClaimed,
  isLive,
  type LiveTopology,
  opensUnattended,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { openUnattended } from '../opening/primary-without-presenter.ts';
import { type Attempt, answered, RETRY_NOW } from '../shared/attempt.ts';
import { waiting } from './answers.ts';

/** Whether viewers cannot be seated although the primary is open, because no presenter is on stage. */
export function hasNoPresenter({ options, stage }: LiveTopology): boolean {
  return options.waitForPresenter && stage.size === 0;
}

/**
 * Let viewers wait for a presenter, unless the host's options allow a start without one. Then the first viewer opens
 * the primary.
 */
export async function waitForPresenter(
  topology: Topology,
  mediaRegion: MediaRegion,
  context: RequestContext,
): Promise<Attempt> {
  if (isLive(topology) || !opensUnattended(topology)) return answered(waiting(context, 'no-presenter'));
  if (isClaimed(topology.primary, context.now())) return answered(waiting(context, 'opening'));
  const next = await openUnattended(topology, mediaRegion, context);
  return next.kind === 'retry' ? RETRY_NOW : next;
}
