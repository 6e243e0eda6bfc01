import {
  CreateMeetingCommand,
  CreateMeetingWithAttendeesCommand,
  type CreateMeetingWithAttendeesCommandInput,
  DeleteMeetingCommand,
  GetMeetingCommand,
} from '@aws-sdk/client-chime-sdk-meetings';
import type { Capabilities, MeetingFeatures } from '../domain/meeting/capabilities.ts';
import type { NetworkType } from '../domain/meeting/session-options.ts';
import type { ChimeAttendee, ChimeMeeting } from '../domain/meeting/topology.ts';
import { settings } from '../settings.ts';
import { ask, type Limiter } from './ask.ts';
import { chime } from './client.ts';
import { type ChimeFailure, isChimeFailure, namingReplicas, unlessForbidden } from './failure.ts';

/** The whole body of the call that opens a meeting. */
export interface MeetingRequest {
  ClientRequestToken: string;
  ExternalMeetingId: string;
  MediaRegion: string;
  PrimaryMeetingId?: string;
  MeetingFeatures?: MeetingFeatures;
  TenantIds?: readonly string[];
  MediaPlacementNetworkType?: NetworkType;
  MeetingHostId?: string;
  Tags?: readonly { Key: string; Value: string }[];
  /** The first presenter, created in the same call by CreateMeetingWithAttendees. */
  Attendees?: FirstAttendee[];
}

export interface Opened {
  Meeting: ChimeMeeting;
  attendees: ChimeAttendee[];
}

export interface FirstAttendee {
  ExternalUserId: string;
  Capabilities?: Capabilities;
}

/**
 * Open a meeting, or get the one that this request token opened before. The response is checked. Meeting and first
 * attendee take one call, so that they cost one permit. Send a token's first request word for word each time, from
 * `firstRequest`.
 */
export async function createMeeting(
  limiter: Limiter,
  request: MeetingRequest,
): Promise<Opened | ChimeFailure> {
  const input = request as CreateMeetingWithAttendeesCommandInput;
  const answer = await (request.Attendees
    ? ask(limiter, 'CreateMeetingWithAttendees', () =>
        chime().repeatable.send(new CreateMeetingWithAttendeesCommand(input)),
      )
    : ask(limiter, 'CreateMeeting', () =>
        chime().repeatable.send(new CreateMeetingCommand(input)).catch(namingReplicas),
      ));
  if (isChimeFailure(answer)) return answer;
  const attendees = 'Attendees' in answer ? ((answer.Attendees ?? []) as ChimeAttendee[]) : [];
  return { Meeting: checked(request, answer.Meeting), attendees };
}

/**
 * Delete a meeting. Deleting a primary deletes its replicas. `gone`: Chime does not find it, which proves nothing for
 * a new one.
 */
export async function deleteMeeting(limiter: Limiter, MeetingId: string): Promise<'deleted' | ChimeFailure> {
  const command = new DeleteMeetingCommand({ MeetingId });
  const answer = await ask(limiter, 'DeleteMeeting', () =>
    chime().repeatable.send(command).catch(unlessForbidden),
  );
  return isChimeFailure(answer) ? answer : 'deleted';
}

/** Get a meeting; `gone` if it does not exist. */
export async function getMeeting(
  limiter: Limiter,
  MeetingId: string,
): Promise<{ Meeting: ChimeMeeting } | ChimeFailure> {
  const command = new GetMeetingCommand({ MeetingId });
  const answer = await ask(limiter, 'GetMeeting', () => chime().repeatable.send(command));
  return isChimeFailure(answer) ? answer : { Meeting: answer.Meeting as ChimeMeeting };
}

/** Add the targets of Chime's own notifications to a request, if the deployment has any. */
export function withNotifications(request: MeetingRequest): MeetingRequest {
  const { notificationsQueueArn, notificationsTopicArn } = settings();
  const notify = {
    ...(notificationsQueueArn && { SqsQueueArn: notificationsQueueArn }),
    ...(notificationsTopicArn && { SnsTopicArn: notificationsTopicArn }),
  };
  return {
    ...request,
    ...(Object.keys(notify).length > 0 && { NotificationsConfiguration: notify }),
  };
}

/**
 * Check that Chime opened the requested meeting. A reused token can return another one, even the primary
 * (https://github.com/aws/amazon-chime-sdk-js/issues/2433). Seating people there would be worse than an error.
 */
function checked(request: MeetingRequest, answer: object | undefined): ChimeMeeting {
  const meeting = answer as ChimeMeeting | undefined;
  const isRight =
    meeting?.MeetingId !== undefined &&
    meeting.MeetingId !== request.PrimaryMeetingId &&
    (meeting.PrimaryMeetingId ?? undefined) === request.PrimaryMeetingId &&
    meeting.MediaRegion === request.MediaRegion &&
    meeting.ExternalMeetingId === request.ExternalMeetingId;
  if (!isRight) throw new Error('Chime answered CreateMeeting with another meeting than requested');
  return meeting;
}
