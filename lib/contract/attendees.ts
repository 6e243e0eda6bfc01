import * as z from 'zod/mini';
import { displayName, externalUserId, instant, nextCursor, querySwitch, role } from './ids.ts';
import { capabilities, mediaRegion, someCapabilities } from './media.ts';

const attendeeMembers = {
  externalUserId,
  displayName: z.exactOptional(displayName),
  role,
  mediaRegion: z.exactOptional(mediaRegion).check(z.meta({ description: 'Where their media is hosted.' })),
  ordinal: z
    .exactOptional(z.int().check(z.minimum(0)))
    .check(z.meta({ description: 'Of their replica; absent on stage.' })),
  joinedAt: instant,
  promoted: z.boolean(),
  handRaisedAt: z.exactOptional(instant),
  presence: z.enum(['expected', 'present', 'dropped', 'left']).check(
    z.meta({
      description:
        'What Chime last said of their connection since they joined; expected until it has seen them. Its word is late, and may be missing: nothing depends on it.',
    }),
  ),
};

/** One person in the topology, without any token. */
export const attendee = z
  .object(attendeeMembers)
  .check(z.meta({ id: 'Attendee', description: 'One person in the topology. Never a token.' }));

export const attendeePage = z.object({ attendees: z.array(attendee), cursor: nextCursor });

export const explainQuery = z.strictObject({
  explain: querySwitch('Also return the recorded placement.'),
});
export const banQuery = z.strictObject({ ban: querySwitch('Refuse every later join of theirs, too.') });

/** A decision as it was taken: where they sit and why, and what else was considered. */
const explanation = z.looseObject({
  kind: z.enum(['primary', 'replica']),
  reason: z.string(),
  candidates: z.exactOptional(
    z.array(
      z.looseObject({
        ordinal: z
          .exactOptional(z.int().check(z.minimum(0)))
          .check(z.meta({ description: 'Absent: a replica could be opened here.' })),
        mediaRegion,
        rttMs: z.number().check(z.meta({ description: 'From the viewer. The nearest with room is taken.' })),
        sparesMs: z.exactOptional(z.number()).check(
          z.meta({
            description:
              'What a new replica here would have spared those who came, in viewers times milliseconds.',
          }),
        ),
        priceMs: z
          .exactOptional(z.number())
          .check(z.meta({ description: 'What it must spare to be opened.' })),
        passedOver: z.exactOptional(z.string()).check(z.meta({ description: 'Why they do not sit here.' })),
      }),
    ),
  ),
  decidedBy: z
    .exactOptional(z.looseObject({}))
    .check(z.meta({ description: 'All that entered the decision: deciding again by it gives the same.' })),
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

export const capabilitiesBody = z.strictObject({ capabilities: someCapabilities });
export const changedCapabilities = z.object({ externalUserId, capabilities });

export type AttendeeAnswer = z.output<typeof attendee>;
export type ExplainedAttendee = z.output<typeof explainedAttendee>;
