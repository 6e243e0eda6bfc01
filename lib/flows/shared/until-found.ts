import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { FRESH_MS } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from './chime-quota.ts';

const BETWEEN_LOOKS_MS = 300;

/**
 * Wait until Chime finds a meeting that it has just answered with: one that was made a moment ago was seen not to be found for up
 * to `FRESH_MS` (https://github.com/aws/aws-sdk-js/issues/3328). A primary is published only once it is found, so that from then on
 * `NotFound` means that it is dead, whoever asks and whatever the clocks say. `gone`: it died before that. Where the quota has no
 * permit at once, the presenter is not kept waiting for this: the meeting counts as found.
 */
export async function untilFound(
  meetingId: string,
  context: RequestContext,
): Promise<'found' | 'gone' | 'indeterminate'> {
  const until = context.now() + FRESH_MS;
  for (;;) {
    const found = await getMeeting(chimeLimiter(context, 'none'), meetingId);
    if (found === 'rate-limited') return 'found';
    if (found !== 'gone') return isChimeFailure(found) ? 'indeterminate' : 'found';
    if (context.now() >= until) return 'gone';
    await context.pause(BETWEEN_LOOKS_MS);
  }
}
