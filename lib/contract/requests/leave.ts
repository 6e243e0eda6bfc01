import * as z from 'zod/mini';
import { sessionId } from '../ids.ts';

/** The body of `leave`: which join ends. */
export const leaveBody = z
  .strictObject({
    sessionId: z.exactOptional(sessionId).check(
      z.meta({
        description:
          'The `sessionId` of the join to end. If the caller has joined since, on another device or after a reload, nothing changes. Without it, every seat and place of the caller is given back.',
      }),
    ),
  })
  .check(z.meta({ id: 'LeaveRequest', example: { sessionId: '8f7c9f0e-2f0b-4a55-9d1c-0c5d3f1e2a7b' } }));
