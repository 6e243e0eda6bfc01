import * as z from 'zod/mini';
import { externalMeetingId } from '../ids.ts';
import { mediaRegion } from '../media.ts';

/** The path of the routes about one drain. */
export const drainPath = z.object({ externalMeetingId, mediaRegion });

export const drainBody = z.strictObject({
  evacuate: z._default(z.boolean(), false).check(
    z.meta({
      description:
        'Whether the viewers there are moved: seats are opened elsewhere, then the replicas there are deleted. Otherwise they keep their seats.',
    }),
  ),
});
