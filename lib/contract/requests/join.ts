import * as z from 'zod/mini';
import { displayName } from '../ids.ts';
import { capabilities, mediaRegion } from '../media.ts';

/** What a caller may say about themselves when they join. */
export const joinBody = z
  .strictObject({
    mediaRegion: z
      .exactOptional(mediaRegion)
      .check(z.meta({ description: 'The media region nearest to the caller, if the client measured it.' })),
    capabilities: z.exactOptional(capabilities),
    displayName: z.exactOptional(displayName),
    waited: z.exactOptional(z.boolean()).check(
      z.meta({
        description:
          'Whether the answer before was `waiting`. The caller is then counted already among those who wait for seats.',
      }),
    ),
  })
  .check(z.meta({ id: 'JoinRequest', example: { mediaRegion: 'eu-central-1' } }));
