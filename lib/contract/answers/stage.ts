import * as z from 'zod/mini';
import { displayName, externalUserId, instant, nextCursor } from '../ids.ts';
import { mediaRegion } from '../media.ts';
import { chimeAttendee } from './chime.ts';

export const granted = z.object({ externalUserId, state: z.literal('granted') });

/** The stage credential of a promoted viewer. Only the viewer gets it. */
export const promotion = z.object({ Attendee: chimeAttendee, primaryMeetingId: z.string() });

export const handPage = z.object({
  hands: z
    .array(z.object({ externalUserId, displayName: z.exactOptional(displayName), raisedAt: instant }))
    .check(z.meta({ description: 'Oldest first.' })),
  cursor: nextCursor,
});

export const banPage = z.object({
  bans: z.array(z.object({ externalUserId, displayName: z.exactOptional(displayName), bannedAt: instant })),
  cursor: nextCursor,
});

const many = z.int().check(z.minimum(0));

const plannedRegion = z.object({
  mediaRegion,
  asked: many.check(z.meta({ description: 'How many viewers are expected here.' })),
  replicas: many.check(z.meta({ description: 'How many replicas are planned here.' })),
  open: many.check(z.meta({ description: 'How many of these are open.' })),
  minted: many.check(z.meta({ description: 'How many seats the open replicas have.' })),
});

/** The replicas and seats that were asked for, planned and opened so far. */
export const seatsPlan = z
  .object({
    status: z.enum(['waiting-for-primary', 'opening', 'ready']),
    detail: z.string(),
    plan: z.array(plannedRegion),
    asked: many,
    planned: many.check(
      z.meta({ description: 'Less than requested if replicas do not suffice: raise `maxReplicas`.' }),
    ),
    minted: many,
    retryAfterMs: z.exactOptional(z.int().check(z.minimum(1))),
  })
  .check(z.meta({ id: 'SeatsPlan', description: 'The plan for a forecast, and its progress.' }));
