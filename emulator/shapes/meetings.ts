import * as z from 'zod';
import { AttendeeItem } from './attendees.ts';
import { MeetingFeatures } from './features.ts';
import {
  ClientRequestToken,
  ExternalId,
  Guid,
  MediaRegion,
  NotificationsConfiguration,
  PrimaryMeetingId,
  Tag,
  TenantIds,
} from './primitives.ts';

export const CreateMeetingRequest = z.object({
  ClientRequestToken,
  MediaRegion,
  ExternalMeetingId: ExternalId,
  MeetingHostId: ExternalId.optional(),
  NotificationsConfiguration: NotificationsConfiguration.optional(),
  MeetingFeatures: MeetingFeatures.optional(),
  PrimaryMeetingId: PrimaryMeetingId.optional(),
  TenantIds: TenantIds.optional(),
  Tags: z.array(Tag).max(50).optional(),
  MediaPlacementNetworkType: z.enum(['Ipv4Only', 'DualStack']).optional(),
});

export type CreateMeetingRequest = z.infer<typeof CreateMeetingRequest>;

/** The number of attendees is limited by an option, not by a constraint. */
export const CreateMeetingWithAttendeesRequest = CreateMeetingRequest.extend({
  Attendees: z.array(AttendeeItem).min(1),
});

export const MeetingRequest = z.object({ MeetingId: Guid });
