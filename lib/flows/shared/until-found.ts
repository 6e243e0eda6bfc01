import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { FRESH_MS } from '../../domain/meeting/freshness.ts';
import { chimeLimiter } from './chime-quota.ts';

const BETWEEN_LOOKS_MS = 300;

/**
 * Waits until Chime finds a meeting that it has just opened, for at most `FRESH_MS`. A primary is published after this, so that
 * from then on `NotFound` means that it is dead.
 * - `unproven`: the limiter had no permit at once. The presenter is not kept waiting; see `isUnproven`.
 * - `gone`: the meeting died before Chime found it.
 */
export async function untilFound(
  meetingId: string,
  context: RequestContext,
): Promise<'found' | 'unproven' | 'gone' | 'indeterminate'> {
  const until = context.now() + FRESH_MS;
  for (;;) {
    const found = await getMeeting(chimeLimiter(context, 'none'), meetingId);
    if (found === 'rate-limited') return 'unproven';
    if (found !== 'gone') return isChimeFailure(found) ? 'indeterminate' : 'found';
    if (context.now() >= until) return 'gone';
    await context.pause(BETWEEN_LOOKS_MS);
  }
}
