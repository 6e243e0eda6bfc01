import * as z from 'zod/mini';
import { externalUserId, instant, nextCursor, role } from '../ids.ts';
import { mediaRegion } from '../media.ts';

const LIFE =
  'The life that the answer is about. A life is known once its first primary has opened, or it has ended. Absent if none is known.';

/** One life of a name. */
const life = z.object({
  openedAt: instant.check(z.meta({ description: 'When the name was created or reopened.' })),
  endedAt: z
    .exactOptional(instant)
    .check(z.meta({ description: 'When a host ended the meeting; absent while it goes on.' })),
});

const interval = z.object({
  from: instant,
  to: z.exactOptional(instant).check(z.meta({ description: 'Absent while the person is connected.' })),
  on: z.enum(['stage', 'audience']),
  estimated: z.exactOptional(z.boolean()).check(
    z.meta({
      description:
        'True if no event of Chime reported one of its ends, so that end is inferred; absent otherwise. Also true for a person who stayed until the meeting ended, because Chime reports no departure then.',
    }),
  ),
});

/** How long one person was connected. */
const attended = z
  .object({
    externalUserId,
    role,
    mediaRegion: z
      .exactOptional(mediaRegion)
      .check(z.meta({ description: 'The media region of the latest connection.' })),
    intervals: z.array(interval),
    seconds: z.int().check(
      z.meta({
        description: 'How long the person was connected; a time with two connections counts once.',
      }),
    ),
    stageSeconds: z.int().check(z.meta({ description: 'How much of that on stage.' })),
  })
  .check(z.meta({ id: 'Attended', description: 'When one person was connected, in one life of the name.' }));

export const attendancePage = z.object({
  life: z.exactOptional(life).check(z.meta({ description: LIFE })),
  attendance: z.array(attended),
  cursor: nextCursor,
});

const count = z.int().check(z.minimum(0));
const minutes = z.number().check(z.minimum(0));

export const usageAnswer = z.object({
  life: z.exactOptional(life).check(z.meta({ description: LIFE })),
  people: count.check(z.meta({ description: 'How many people were connected.' })),
  joins: count.check(
    z.meta({
      description: 'How many connections they made: a reconnection is another one, and so is a promotion.',
    }),
  ),
  attendeeMinutes: z.object({
    audience: minutes,
    stage: minutes,
    total: minutes,
    estimated: minutes.check(z.meta({ description: 'How many of these are in estimated intervals.' })),
  }),
  byMediaRegion: z
    .record(z.string(), minutes)
    .check(z.meta({ description: 'Attendee minutes by media region.' })),
  peak: z
    .exactOptional(z.object({ viewers: count, at: instant }))
    .check(z.meta({ description: 'The most viewers who were connected at once, and since when.' })),
  refusals: z.record(z.string(), count).check(
    z.meta({
      description:
        'Refused joins by code: at least these, because a container may not report its last second. `MEETING_ENDED` are people who came after the end, and pages that asked whether the meeting goes on.',
    }),
  ),
  epochs: count.check(z.meta({ description: 'How many epochs had a primary.' })),
  replicas: count.check(z.meta({ description: 'How many replicas were opened.' })),
  cost: z.exactOptional(z.object({ amount: z.number(), currency: z.string() })).check(
    z.meta({
      description: 'The attendee minutes at the price of the deployment; absent if that has none.',
    }),
  ),
  lives: z.array(life).check(z.meta({ description: 'The known lives of the name, the latest first.' })),
});

export type AttendancePage = z.output<typeof attendancePage>;
export type AttendedAnswer = z.output<typeof attended>;
export type UsageAnswer = z.output<typeof usageAnswer>;
