import * as z from 'zod/mini';

/** The `detail-type` of Chime's events about a meeting. */
export const MEETING_CHANGE = 'Chime Meeting State Change';

/**
 * One of Chime's meeting events, as EventBridge carries it and as Chime's own notifications do: the same content,
 * but the latter was seen without `id` and `resources`, so nothing is asked of the envelope but its detail.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html
 */
export const chimeEvent = z.looseObject({
  'detail-type': z.literal(MEETING_CHANGE),
  detail: z.looseObject({
    eventType: z.string(),
    /** Milliseconds since the epoch. */
    timestamp: z.number(),
    meetingId: z.string(),
    externalMeetingId: z.exactOptional(z.string()),
    attendeeId: z.exactOptional(z.string()),
    externalUserId: z.exactOptional(z.string()),
    /** Of events about transcription: what went wrong. */
    message: z.exactOptional(z.string()),
  }),
});

export type ChimeEvent = z.output<typeof chimeEvent>['detail'];

/** What an SNS topic puts around a message on its way to a queue, unless delivery is raw. */
export const snsEnvelope = z.looseObject({ Type: z.literal('Notification'), Message: z.string() });
