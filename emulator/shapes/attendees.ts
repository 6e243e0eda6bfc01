import * as z from 'zod';
import { Capabilities } from './capabilities.ts';
import { ExternalId, Guid } from './primitives.ts';

export const AttendeeItem = z.object({
  ExternalUserId: ExternalId,
  Capabilities: Capabilities.optional(),
});

export type AttendeeItem = z.infer<typeof AttendeeItem>;

export const CreateAttendeeRequest = AttendeeItem.extend({ MeetingId: Guid });

export const BatchCreateAttendeeRequest = z.object({
  MeetingId: Guid,
  Attendees: z.array(AttendeeItem).min(1).max(100),
});

export const AttendeeRequest = z.object({ MeetingId: Guid, AttendeeId: Guid });

/** The model bounds `MaxResults`; for the token only the general limit of a string applies. */
export const ListAttendeesRequest = z.object({
  MeetingId: Guid,
  MaxResults: z.coerce.number().int().min(1).max(100).optional(),
  NextToken: z.string().max(4096).optional(),
});

export const UpdateCapabilitiesRequest = AttendeeRequest.extend({ Capabilities });

export const BatchUpdateCapabilitiesRequest = z.object({
  MeetingId: Guid,
  ExcludedAttendeeIds: z
    .array(z.object({ AttendeeId: Guid }))
    .min(1)
    .max(250),
  Capabilities,
});
