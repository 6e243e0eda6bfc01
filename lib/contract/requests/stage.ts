import * as z from 'zod/mini';
import { capabilities, mediaRegion } from '../media.ts';

/** What a person may do on stage; without it, everything that the meeting's features allow. */
export const grantBody = z.strictObject({ capabilities: z.exactOptional(capabilities) });

const seatsByMediaRegion = z.partialRecord(mediaRegion, z.int().check(z.minimum(0), z.maximum(25_000))).check(
  z.meta({
    description: 'How many viewers are expected in each media region.',
    example: { 'eu-central-1': 1000 },
  }),
);

export const seatsBody = z.strictObject({ seats: seatsByMediaRegion });
