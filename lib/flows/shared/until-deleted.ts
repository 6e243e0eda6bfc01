import type { ChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { isUnproven } from '../../domain/meeting/freshness.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { type Attempt, answered, RETRY_SHORTLY, retryUntilAnswered } from './attempt.ts';
import { BOUNDS } from './bounds.ts';

type Deleted = 'deleted' | ChimeFailure;

/**
 * Delete the primary, or an attendee in it. `NotFound` counts as deleted, unless the primary may be too new for Chime to find it:
 * then the deletion is repeated, for at most `FRESH_MS`. After that time `NotFound` is true.
 */
export function untilDeleted(
  topology: Pick<Topology, 'primary'>,
  context: RequestContext,
  deletion: () => Promise<Deleted>,
): Promise<Deleted> {
  const attempt = async (): Promise<Attempt<Deleted>> => {
    const deleted = await deletion();
    if (deleted !== 'gone') return answered(deleted);
    return isUnproven(topology, context.now()) ? RETRY_SHORTLY : answered('deleted');
  };
  return retryUntilAnswered(context, BOUNDS.untilFound, attempt, () => 'deleted');
}
