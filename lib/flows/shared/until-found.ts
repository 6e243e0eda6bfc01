import type { Call } from '../../call.ts';
import { getMeeting } from '../../chime/meetings.ts';
import { isTrouble } from '../../chime/trouble.ts';
import { FRESH_MS } from '../../domain/meeting/topology.ts';
import { inLine } from './chime-quota.ts';

const BETWEEN_LOOKS_MS = 300;

/**
 * Wait until Chime finds a meeting that it has just answered with: one that was made a moment ago was seen not to be found for up
 * to `FRESH_MS` (https://github.com/aws/aws-sdk-js/issues/3328). A primary is published only once it is found, so that from then on
 * `NotFound` means that it is dead, whoever asks and whatever the clocks say. `gone`: it died before that. Where the quota has no
 * permit at once, the presenter is not kept waiting for this: the meeting counts as found.
 */
export async function untilFound(meetingId: string, call: Call): Promise<'found' | 'gone' | 'unknown'> {
  const until = call.now() + FRESH_MS;
  for (;;) {
    const found = await getMeeting(inLine(call, 'none'), meetingId);
    if (found === 'no-turn') return 'found';
    if (found !== 'gone') return isTrouble(found) ? 'unknown' : 'found';
    if (call.now() >= until) return 'gone';
    await call.pause(BETWEEN_LOOKS_MS);
  }
}
