import * as z from 'zod/mini';
import { instant } from '../ids.ts';
import { mediaRegion } from '../media.ts';

const many = z.int().check(z.minimum(0));

const members = {
  mediaRegion,
  since: instant,
  evacuate: z.boolean(),
  status: z.enum(['closed', 'moving', 'moving-with-fewer-seats', 'moved', 'suspended']),
  detail: z.string().check(z.meta({ description: 'The status in one sentence.' })),
  replicas: many.check(z.meta({ description: 'How many replicas stand there.' })),
  viewers: many.check(z.meta({ description: 'How many viewers hold a seat there.' })),
};

/** A drained media region, and how far its evacuation got. */
export const drain = z
  .object(members)
  .check(z.meta({ id: 'Drain', description: 'A media region where no viewer is placed any more.' }));

/** The same as the answer of a request that may be repeated. */
export const drainAnswer = z.object({
  ...members,
  retryAfterMs: z.exactOptional(z.int().check(z.minimum(1))),
});
