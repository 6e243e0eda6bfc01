import * as z from 'zod/mini';
import { instant } from '../ids.ts';
import { pageMembers } from './pages.ts';

const lifeMember = {
  life: z.exactOptional(instant).check(
    z.meta({
      description: 'The `openedAt` of an earlier life of the name; the latest one if absent.',
      example: '2030-05-01T16:30:00.000Z',
    }),
  ),
};

/** People on one page of the attendance. */
const limit = z
  ._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(1000)), 100)
  .check(
    z.meta({ description: 'How many people to return. A page may have fewer, and still have a next one.' }),
  );

export const attendanceQuery = z.strictObject({ ...pageMembers, limit, ...lifeMember });
export const usageQuery = z.strictObject(lifeMember);
