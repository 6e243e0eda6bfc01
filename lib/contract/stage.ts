import * as z from 'zod';
import { chimeAttendee } from './chime.ts';
import { externalUserId, instant, nextCursor } from './ids.ts';
import { capabilities, mediaRegion } from './media.ts';

/** What somebody may do on stage; without it, what the meeting's features allow. */
export const grantBody = z.strictObject({ capabilities: capabilities.exactOptional() });

export const granted = z.object({ externalUserId, state: z.literal('granted') });

/** The credential of a promoted viewer, for them alone. */
export const promotion = z.object({ Attendee: chimeAttendee, primaryMeetingId: z.string() });

export const handPage = z.object({
  hands: z.array(z.object({ externalUserId, raisedAt: instant })).meta({ description: 'Oldest first.' }),
  cursor: nextCursor,
});

export const banPage = z.object({
  bans: z.array(z.object({ externalUserId, bannedAt: instant })),
  cursor: nextCursor,
});

const seatsByMediaRegion = z
  .partialRecord(mediaRegion, z.int().min(0).max(25_000))
  .meta({ description: 'How many viewers are expected where.', example: { 'eu-central-1': 1000 } });

export const seatsBody = z.strictObject({ seats: seatsByMediaRegion });

/** What will be opened for the seats that were asked for. */
export const seatsPlan = z.object({
  replicas: z.array(z.object({ mediaRegion, seats: z.int().min(0), minted: z.int().min(0) })),
});
