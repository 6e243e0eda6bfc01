import * as z from 'zod/mini';
import { querySwitch } from '../ids.ts';
import { pageMembers } from './pages.ts';

export const meetingQuery = z.strictObject({
  stage: querySwitch('Also return the people on stage.'),
  clientEvents: querySwitch('For hosts and presenters: also return how the audience fares.'),
});

/** The state of a name. */
export const meetingStatus = z.enum(['scheduled', 'live', 'ended']);

/** One page of the names with one status. */
export const meetingsQuery = z.strictObject({
  ...pageMembers,
  status: z._default(meetingStatus, 'live').check(
    z.meta({
      description:
        '`scheduled`: no stage is open; soonest start first. `live`: the stage is open; latest start first. `ended`: latest start first.',
    }),
  ),
});
