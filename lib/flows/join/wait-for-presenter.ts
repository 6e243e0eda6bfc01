import type { Answer, RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import {
  isClaimed,
  opensUnattended,
  primaryMeetingId,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { openUnattended } from '../opening/primary-without-presenter.ts';
import { waiting } from '../shared/attempt.ts';

/** Whether viewers cannot be seated because no presenter is on stage. */
export function hasNoPresenter(topology: Topology): boolean {
  const { options, stage } = topology;
  return primaryMeetingId(topology) === undefined || (options.waitForPresenter && stage.size === 0);
}

/**
 * Let viewers wait for a presenter, unless the host's options allow a start without one. Then the first viewer opens
 * the primary.
 */
export async function waitForPresenter(
  topology: Topology,
  mediaRegion: MediaRegion,
  context: RequestContext,
): Promise<Answer | 'again'> {
  if (primaryMeetingId(topology) || !opensUnattended(topology)) return waiting(context, 'no-presenter');
  if (isClaimed(topology.primary, context.now())) return waiting(context, 'opening');
  const next = await openUnattended(topology, mediaRegion, context);
  return typeof next === 'string' ? 'again' : waiting(context, 'opening', next.retryAfterMs);
}
