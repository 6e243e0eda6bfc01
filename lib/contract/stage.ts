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

const many = z.int().min(0);

const plannedRegion = z.object({
  mediaRegion,
  asked: many.meta({ description: 'How many viewers are expected here.' }),
  replicas: many.meta({ description: 'How many replicas are planned here.' }),
  open: many.meta({ description: 'How many stand.' }),
  minted: many.meta({ description: 'How many seats those have.' }),
});

/** What is opened for the seats that were asked for, and how far that is. */
export const seatsPlan = z
  .object({
    status: z.enum(['waiting-for-primary', 'opening', 'ready']),
    detail: z.string(),
    plan: z.array(plannedRegion),
    asked: many,
    planned: many.meta({ description: 'Less than asked where replicas do not suffice: raise maxReplicas.' }),
    minted: many,
    retryAfterMs: z.int().min(1).exactOptional(),
  })
  .meta({ id: 'SeatsPlan', description: 'The plan for a forecast, and how far it is.' });
