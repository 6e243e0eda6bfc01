import * as z from 'zod/mini';
import { type RefusalCode, refusals } from '../../refusals.ts';

const codes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

/** RFC 9457. `code` is the contract; the words may change. */
export const problem = z
  .object({
    type: z.string().check(z.meta({ description: 'A stable URI reference, one for each code.' })),
    title: z.string(),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    detail: z.string(),
    code: z.enum(codes),
    requestId: z.string(),
    field: z
      .exactOptional(z.string())
      .check(z.meta({ description: 'The path of the invalid field, if there is one.' })),
  })
  .check(
    z.meta({
      id: 'Problem',
      description: 'A problem document (RFC 9457). Rely on `code`; the texts may change.',
      example: {
        type: '/problems/bad-request',
        title: 'Bad request',
        status: 400,
        detail: 'maxReplicas: Too big: expected number to be <=100',
        code: 'BAD_REQUEST',
        requestId: '8f7c9f0e-2f0b-4a55-9d1c-1c1c1c1c1c1c',
        field: 'maxReplicas',
      },
    }),
  );

export type Problem = z.output<typeof problem>;
