import * as z from 'zod';

export const MeetingFeatures = z.object({
  Audio: z.object({ EchoReduction: z.enum(['AVAILABLE', 'UNAVAILABLE']).optional() }).optional(),
  Video: z.object({ MaxResolution: z.enum(['None', 'HD', 'FHD']).optional() }).optional(),
  Content: z.object({ MaxResolution: z.enum(['None', 'FHD', 'UHD']).optional() }).optional(),
  Attendee: z.object({ MaxCount: z.int().min(1).max(250).optional() }).optional(),
});

export type MeetingFeatures = z.infer<typeof MeetingFeatures>;
