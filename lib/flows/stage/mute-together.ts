import { allSettledOrThrow } from '../../all-settled.ts';
import { updateCapabilitiesExcept } from '../../chime/capabilities.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import type { Capabilities } from '../../domain/meeting/capabilities.ts';
import { runs } from '../../domain/meeting/seats.ts';
import type { Lease, LiveTopology } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { underLease } from '../shared/lease.ts';
import { confirmIntent, releaseLease, type Standing } from './capabilities.ts';

/** How many records are written at once. */
const AT_ONCE = 25;

export const idOf = ({ place }: Standing): string => place.Attendee.AttendeeId;

/** Run `ask` for each of several people, some at once. */
export async function eachOf<T>(people: Standing[], ask: (one: Standing) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const some of runs(people, AT_ONCE)) answers.push(...(await allSettledOrThrow(some.map(ask))));
  return answers;
}

/** People with the same intent, all under the same lease of this request. */
export interface Batch {
  together: Standing[];
  capabilities: Capabilities;
  /** All people known to be in the primary; the others of them are excluded. */
  stage: Standing[];
  lease: Lease;
}

/** Apply the intent of a batch at Chime in one call. */
export async function askTogether(
  topology: LiveTopology,
  { together, capabilities, stage, lease }: Batch,
  context: RequestContext,
): Promise<'done' | ChimeFailure> {
  const ids = new Set(together.map(idOf));
  const excluded = stage.map(idOf).filter((id) => !ids.has(id));
  const { MeetingId } = topology.primary.Meeting;
  return underLease(lease, context, async () => {
    const answer = await updateCapabilitiesExcept(chimeLimiter(context, 'long'), MeetingId, {
      excluded,
      capabilities,
    });
    await eachOf(together, (one) =>
      answer === 'updated' ? confirm(one, context) : releaseLease(one, answer, context),
    );
    return answer === 'updated' ? 'done' : answer;
  });
}

/** Confirm the intent of one person. If a newer intent was recorded meanwhile, release the lease to its request. */
async function confirm(standing: Standing, context: RequestContext): Promise<void> {
  if ((await confirmIntent(standing)) === 'conflict') await releaseLease(standing, 'indeterminate', context);
}
