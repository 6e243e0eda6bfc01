import { isChimeFailure } from '../../chime/failure.ts';
import { getMeeting } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import { FRESH_MS } from '../../domain/meeting/topology.ts';
import { chimeLimiter } from './chime-quota.ts';

const BETWEEN_LOOKS_MS = 300;

/**
 * Wait until Chime finds a meeting that it has just created. A new meeting may not be found for up to `FRESH_MS`
 * (https://github.com/aws/aws-sdk-js/issues/3328). A primary is published only once it is found. From then on
 * `NotFound` means that it is dead, for every request and clock. `gone`: it died before that. If no permit is free,
 * the presenter does not wait: the meeting counts as found.
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
