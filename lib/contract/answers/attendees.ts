import * as z from 'zod/mini';
import { displayName, externalUserId, instant, nextCursor, role } from '../ids.ts';
import { capabilities, mediaRegion } from '../media.ts';

const attendeeMembers = {
  externalUserId,
  displayName: z.exactOptional(displayName),
  role,
  mediaRegion: z
    .exactOptional(mediaRegion)
    .check(z.meta({ description: 'The media region of their meeting.' })),
  ordinal: z
    .exactOptional(z.int().check(z.minimum(0)))
    .check(z.meta({ description: 'The number of their replica; absent on stage.' })),
  joinedAt: instant,
  promoted: z.boolean(),
  handRaisedAt: z.exactOptional(instant),
  presence: z.enum(['expected', 'present', 'dropped', 'left']).check(
    z.meta({
      description:
        'The last event of Chime about their connection since they joined; `expected` until there is one. Events may be late or lost, so nothing depends on them.',
    }),
  ),
};

/** One person in the topology, without any token. */
export const attendee = z
  .object(attendeeMembers)
  .check(z.meta({ id: 'Attendee', description: 'One person in the topology, without any token.' }));

export const attendeePage = z.object({ attendees: z.array(attendee), cursor: nextCursor });

/** A recorded decision: the placement, its reason, and the other candidates. */
const explanation = z.looseObject({
  kind: z.enum(['primary', 'replica']),
  reason: z.string(),
  candidates: z.exactOptional(
    z.array(
      z.looseObject({
        ordinal: z
          .exactOptional(z.int().check(z.minimum(0)))
          .check(z.meta({ description: 'Absent if the candidate is a new replica in this media region.' })),
        mediaRegion,
        rttMs: z.number().check(z.meta({ description: 'The round trip from the viewer.' })),
        sparesMs: z.exactOptional(z.number()).check(
          z.meta({
            description:
              'What a new replica here would have saved the viewers so far, in viewers times milliseconds.',
          }),
        ),
        priceMs: z
          .exactOptional(z.number())
          .check(z.meta({ description: 'What a new replica must save to be opened.' })),
        passedOver: z
          .exactOptional(z.string())
          .check(z.meta({ description: 'Why the viewer was not placed here.' })),
      }),
    ),
  ),
  decidedBy: z
    .exactOptional(z.looseObject({}))
    .check(z.meta({ description: 'All inputs of the decision. The same inputs give the same decision.' })),
});

/** One person, with their recorded placement when it was asked for. */
export const explainedAttendee = z
  .object({ ...attendeeMembers, placement: z.exactOptional(explanation) })
  .check(
    z.meta({
      id: 'ExplainedAttendee',
      description: 'One person; with `explain=true` also the recorded placement.',
    }),
  );

export const changedCapabilities = z.object({ externalUserId, capabilities });

export type AttendeeAnswer = z.output<typeof attendee>;
export type ExplainedAttendee = z.output<typeof explainedAttendee>;
