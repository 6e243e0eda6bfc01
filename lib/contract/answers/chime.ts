import * as z from 'zod/mini';

const url = z.exactOptional(z.string());

/** Chime's Meeting, passed through whole and in Chime's casing; what a client reads is named. */
export const chimeMeeting = z
  .looseObject({
    MeetingId: z.string(),
    ExternalMeetingId: z.exactOptional(z.string()),
    MediaRegion: z.exactOptional(z.string()),
    MediaPlacement: z.exactOptional(
      z.looseObject({ AudioHostUrl: url, AudioFallbackUrl: url, SignalingUrl: url, TurnControlUrl: url }),
    ),
    PrimaryMeetingId: z.exactOptional(z.string()).check(z.meta({ description: 'Only in a replica.' })),
  })
  .check(
    z.meta({
      id: 'ChimeMeeting',
      description:
        "Chime's Meeting, unchanged: https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_Meeting.html",
    }),
  );

/** Chime's Attendee, passed through whole. The JoinToken is a secret of its holder. */
export const chimeAttendee = z
  .looseObject({
    AttendeeId: z.string(),
    ExternalUserId: z.string(),
    JoinToken: z.string(),
    Capabilities: z.exactOptional(
      z.looseObject({ Audio: z.string(), Video: z.string(), Content: z.string() }),
    ),
  })
  .check(
    z.meta({
      id: 'ChimeAttendee',
      description: "Chime's Attendee, unchanged. Only its holder may see the JoinToken.",
    }),
  );

/** The captions of a meeting. */
export const captions = z
  .object({
    state: z.enum(['off', 'stopping', 'starting', 'on', 'interrupted', 'failed']).check(
      z.meta({
        description:
          '`starting`: wanted, and not yet reported to run, also while no Chime meeting is open. `stopping`: not wanted any more, and Chime was not told yet, so they may still run. The other states are what Chime reported last.',
      }),
    ),
    languageCode: z.exactOptional(z.string()),
    detail: z
      .exactOptional(z.string())
      .check(z.meta({ description: 'For hosts and presenters: why captions are interrupted or failed.' })),
  })
  .check(z.meta({ id: 'Captions', example: { state: 'on', languageCode: 'en-US' } }));
