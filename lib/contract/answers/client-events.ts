import * as z from 'zod/mini';
import { mediaRegion } from '../media.ts';

/** What a client is asked to report. */
export const clientEventsHint = z
  .object({
    sample: z
      .number()
      .check(z.minimum(0), z.maximum(1))
      .check(z.meta({ description: 'Report with this probability, drawn once for each join.' })),
    everyMs: z
      .int()
      .check(z.minimum(1))
      .check(z.meta({ description: 'Report at most this often, and at the end.' })),
  })
  .check(z.meta({ description: 'What `POST …/client-events` expects of this client.' }));

const percentiles = z.object({ p50: z.int(), p95: z.int() });
const count = z.int().check(z.minimum(0));

/** How the people of one media region fare. */
export const regionFares = z
  .object({
    mediaRegion,
    reports: count,
    timeToFirstAudioMs: z.exactOptional(percentiles),
    timeToFirstVideoMs: z.exactOptional(percentiles),
    reconnects: count,
    drops: count,
    failures: count,
  })
  .check(
    z.meta({
      id: 'RegionFares',
      description:
        'What sampled clients of one media region reported in the last five minutes. Percentiles are upper bounds of the buckets 500, 1000, 1500, 2000, 3000, 5000, 10000, 30000 and 600000 ms. The counts are estimates.',
    }),
  );
