import * as z from 'zod/mini';
import { externalMeetingId, instant, nextCursor } from '../ids.ts';
import { meetingStatus } from '../requests/meetings.ts';

const count = z.int().check(z.minimum(0));

const listedMeeting = z
  .object({
    externalMeetingId,
    status: meetingStatus,
    epoch: count,
    startsAt: z
      .exactOptional(instant)
      .check(z.meta({ description: 'When the event starts, if its host said so.' })),
    liveSince: z
      .exactOptional(instant)
      .check(z.meta({ description: 'Since when the curtain is open, with `admission: manual`.' })),
    viewers: count.check(z.meta({ description: 'How many viewers hold a seat.' })),
    replicas: count.check(z.meta({ description: 'How many replicas are open or being opened.' })),
  })
  .check(z.meta({ id: 'ListedMeeting', description: 'One meeting of a list.' }));

export const meetingPage = z.object({
  meetings: z.array(listedMeeting).check(
    z.meta({
      description:
        'By the start that the host named; without one, by the time of creation or reopening. A page may be shorter than `limit` although there is a next one.',
    }),
  ),
  cursor: nextCursor,
});

export type ListedMeeting = z.output<typeof listedMeeting>;
