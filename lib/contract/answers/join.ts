import * as z from 'zod/mini';
import { displayName, externalUserId, instant, role, sessionId } from '../ids.ts';
import { mediaRegion } from '../media.ts';
import { captions, chimeAttendee, chimeMeeting } from './chime.ts';
import { clientEventsHint } from './client-events.ts';

const placement = z
  .object({
    kind: z.enum(['primary', 'replica']),
    ordinal: z
      .exactOptional(z.int().check(z.minimum(0)))
      .check(z.meta({ description: "The replica's number." })),
    mediaRegion,
    rttMs: z
      .exactOptional(z.number().check(z.minimum(0)))
      .check(z.meta({ description: 'The round trip between the two media regions, from a table.' })),
    reason: z.enum(['stage', 'own-region', 'nearby', 'nearest-with-room']),
  })
  .check(z.meta({ id: 'Placement', description: 'Where the caller was placed, and why.' }));

/** Ready for `new MeetingSessionConfiguration(body.Meeting, body.Attendee)`. */
export const joined = z
  .object({
    status: z.literal('joined'),
    role,
    externalUserId,
    displayName: z.exactOptional(displayName),
    Meeting: chimeMeeting,
    Attendee: chimeAttendee,
    placement,
    promoted: z.exactOptional(z.literal(true)).check(
      z.meta({
        description: 'The caller is on stage by a promotion: `GET …/promotion` returns the credential.',
      }),
    ),
    epoch: z.int().check(z.minimum(0)),
    sessionId: sessionId.check(
      z.meta({ description: 'New for each join, also in the same seat. Send it when leaving.' }),
    ),
    clientHints: z
      .looseObject({ attendeePresenceTimeoutMs: z.int().check(z.minimum(0)) })
      .check(z.meta({ description: 'Settings for the Chime client.' })),
    clientEvents: clientEventsHint,
    captions: z
      .exactOptional(captions)
      .check(z.meta({ description: 'Absent where no host has asked for captions.' })),
  })
  .check(
    z.meta({
      id: 'Joined',
      description: 'Ready for `new MeetingSessionConfiguration(body.Meeting, body.Attendee)`.',
      example: {
        status: 'joined',
        role: 'viewer',
        externalUserId: 'linus',
        Meeting: {
          MeetingId: '0e1f5a9c-3b52-4d0e-8b1c-6f0f5c1d7979',
          ExternalMeetingId: 'town-hall-2030',
          MediaRegion: 'eu-central-1',
          MediaPlacement: {},
          PrimaryMeetingId: '7d4c2b1a-9e8f-4a6b-b5c4-d3e2f1a07979',
        },
        Attendee: { AttendeeId: '5c1a…', ExternalUserId: 'seat-0017', JoinToken: 'NWMx…' },
        placement: {
          kind: 'replica',
          ordinal: 2,
          mediaRegion: 'eu-central-1',
          rttMs: 0,
          reason: 'own-region',
        },
        epoch: 3,
        sessionId: '8f7c9f0e-2f0b-4a55-9d1c-0c5d3f1e2a7b',
        clientHints: { attendeePresenceTimeoutMs: 0 },
        clientEvents: { sample: 1, everyMs: 30_000 },
      },
    }),
  );

/** The stage is empty, or seats are being opened: the client asks again. */
export const waiting = z
  .object({
    status: z.literal('waiting'),
    reason: z.enum(['not-started', 'not-live', 'no-presenter', 'opening']).check(
      z.meta({
        description:
          '`not-started`: before `startsAt`. `not-live`: the curtain is closed. `no-presenter`: the stage is empty. `opening`: seats are being opened.',
      }),
    ),
    retryAfterMs: z.int().check(z.minimum(1)),
    startsAt: z
      .exactOptional(instant)
      .check(z.meta({ description: 'With `not-started`: when the event starts.' })),
    detail: z
      .exactOptional(z.string())
      .check(z.meta({ description: 'For hosts and presenters: why the meeting cannot be opened.' })),
  })
  .check(
    z.meta({
      id: 'Waiting',
      description:
        'There is no seat yet: retry after `retryAfterMs`, which grows with the number of people who wait.',
      example: { status: 'waiting', reason: 'opening', retryAfterMs: 700 },
    }),
  );

export type Joined = z.output<typeof joined>;
export type Waiting = z.output<typeof waiting>;
