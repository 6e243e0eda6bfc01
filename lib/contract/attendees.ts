import * as z from 'zod';
import { externalUserId, instant, nextCursor, querySwitch, role } from './ids.ts';
import { capabilities, mediaRegion } from './media.ts';

const attendeeMembers = {
  externalUserId,
  role,
  mediaRegion: mediaRegion.exactOptional().meta({ description: 'Where their media is hosted.' }),
  ordinal: z.int().min(0).exactOptional().meta({ description: 'Of their replica; absent on stage.' }),
  joinedAt: instant,
  promoted: z.boolean(),
  handRaisedAt: instant.exactOptional(),
  presence: z.enum(['expected', 'present', 'dropped', 'left']).meta({
    description:
      'What Chime last said of their connection since they joined; expected until it has seen them. Its word is late, and may be missing: nothing depends on it.',
  }),
};

/** One person in the topology, without any token. */
export const attendee = z
  .object(attendeeMembers)
  .meta({ id: 'Attendee', description: 'One person in the topology. Never a token.' });

export const attendeePage = z.object({ attendees: z.array(attendee), cursor: nextCursor });

export const explainQuery = z.object({ explain: querySwitch('Also return the recorded placement.') });
export const banQuery = z.object({ ban: querySwitch('Refuse every later join of theirs, too.') });

/** A decision as it was taken: where they sit and why, and what else was considered. */
const explanation = z.looseObject({
  kind: z.enum(['primary', 'replica']),
  reason: z.string(),
  candidates: z
    .array(
      z.looseObject({
        ordinal: z.int().min(0),
        mediaRegion,
        rttMs: z.number(),
        score: z.number().exactOptional(),
        passedOver: z.string().exactOptional().meta({ description: 'Why they do not sit here.' }),
      }),
    )
    .exactOptional(),
});

/** One person, with their recorded placement when it was asked for. */
export const explainedAttendee = z
  .object({ ...attendeeMembers, placement: explanation.exactOptional() })
  .meta({
    id: 'ExplainedAttendee',
    description: 'One person; with `explain=true` also the recorded placement.',
  });

export const capabilitiesBody = z.strictObject({ capabilities });
export const changedCapabilities = z.object({ externalUserId, capabilities });

export type AttendeeAnswer = z.output<typeof attendee>;
export type ExplainedAttendee = z.output<typeof explainedAttendee>;
