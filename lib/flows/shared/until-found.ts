import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { type Attempt, answered, RETRY_SHORTLY, retryUntilAnswered } from './attempt.ts';
import { BOUNDS } from './bounds.ts';
import { chimeLimiter } from './chime-quota.ts';

type Found = 'found' | 'unproven' | 'gone' | 'indeterminate';

/**
 * Waits until Chime finds a meeting that it has just opened, for at most `FRESH_MS`. A primary is published after this, so that
 * from then on `NotFound` means that it is dead.
 * - `unproven`: the limiter had no permit at once. The presenter is not kept waiting; see `isUnproven`.
 * - `gone`: the meeting died before Chime found it.
 */
export async function untilFound(meetingId: string, context: RequestContext): Promise<Found> {
  const look = async (): Promise<Attempt<Found>> => {
    const found = await getMeeting(chimeLimiter(context, 'none'), meetingId);
    if (found === 'gone') return RETRY_SHORTLY;
    if (found === 'rate-limited') return answered('unproven');
    return answered(isChimeFailure(found) ? 'indeterminate' : 'found');
  };
  return retryUntilAnswered(context, BOUNDS.untilFound, look, () => 'gone');
}
