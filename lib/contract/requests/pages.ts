import * as z from 'zod/mini';

/** The members of a query that select a page. */
export const pageMembers = {
  limit: z
    ._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 50)
    .check(z.meta({ description: 'How many to return.' })),
  cursor: z
    .exactOptional(
      z.string().check(z.regex(/^[A-Za-z0-9_-]{1,2048}$/, 'must be the cursor of the page before')),
    )
    .check(z.meta({ description: 'The `cursor` of the previous page; omit it for the first page.' })),
};

/** One page of a list. */
export const pageQuery = z.strictObject(pageMembers);
