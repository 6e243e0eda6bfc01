import * as z from 'zod';

/**
 * One of Chime's meeting events, as EventBridge carries it and as Chime's own notifications do: the same content,
 * but the latter was seen without `id` and `resources`, so nothing is asked of the envelope but its detail.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/using-events.html
 */
export const chimeEvent = z.looseObject({
  'detail-type': z.literal('Chime Meeting State Change'),
  detail: z.looseObject({
    eventType: z.string(),
    /** Milliseconds since the epoch. */
    timestamp: z.number(),
    meetingId: z.string(),
    externalMeetingId: z.string().exactOptional(),
    attendeeId: z.string().exactOptional(),
    externalUserId: z.string().exactOptional(),
  }),
});

export type ChimeEvent = z.output<typeof chimeEvent>['detail'];

/** What an SNS topic puts around a message on its way to a queue, unless delivery is raw. */
export const snsEnvelope = z.looseObject({ Type: z.literal('Notification'), Message: z.string() });
