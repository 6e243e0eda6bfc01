import {
  CreateMeetingCommand,
  CreateMeetingWithAttendeesCommand,
  type CreateMeetingWithAttendeesCommandInput,
  DeleteMeetingCommand,
  GetMeetingCommand,
} from '@aws-sdk/client-chime-sdk-meetings';
import type { Capabilities, MeetingFeatures } from '../domain/meeting/capabilities.ts';
import type { ChimeAttendee, ChimeMeeting } from '../domain/meeting/topology.ts';
import { settings } from '../settings.ts';
import { ask, type Line } from './ask.ts';
import { chime } from './client.ts';
import { type ChimeFailure, isChimeFailure, namingReplicas, unlessForbidden } from './failure.ts';

/** What a meeting of ours is opened with: the body of the call, whole. */
export interface MeetingRequest {
  ClientRequestToken: string;
  ExternalMeetingId: string;
  MediaRegion: string;
  PrimaryMeetingId?: string;
  MeetingFeatures?: MeetingFeatures;
  Tags?: readonly { Key: string; Value: string }[];
  /** The first presenter, made in the same call: CreateMeetingWithAttendees. */
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
 * Open a meeting, or get the one that this request token opened before. The answer is checked. With a first attendee it takes one
 * call, where two would cost two of the quota. Send a token's first request word for word each time: `firstRequest` has it.
 */
export async function createMeeting(line: Line, request: MeetingRequest): Promise<Opened | ChimeFailure> {
  const input = request as CreateMeetingWithAttendeesCommandInput;
  const answer = await (request.Attendees
    ? ask(line, 'CreateMeetingWithAttendees', () =>
        chime().repeatable.send(new CreateMeetingWithAttendeesCommand(input)),
      )
    : ask(line, 'CreateMeeting', () =>
        chime().repeatable.send(new CreateMeetingCommand(input)).catch(namingReplicas),
      ));
  if (isChimeFailure(answer)) return answer;
  const attendees = 'Attendees' in answer ? ((answer.Attendees ?? []) as ChimeAttendee[]) : [];
  return { Meeting: checked(request, answer.Meeting), attendees };
}

/** End a meeting; one that is gone already is as good as ended. Ending a primary ends its replicas. */
export async function deleteMeeting(line: Line, MeetingId: string): Promise<'deleted' | ChimeFailure> {
  const deleted = await deleteMeetingOnce(line, MeetingId);
  return deleted === 'gone' ? 'deleted' : deleted;
}

/** The same for a meeting that may be so fresh that Chime does not find it yet: `gone` is then no proof. */
export async function deleteMeetingOnce(line: Line, MeetingId: string): Promise<'deleted' | ChimeFailure> {
  const command = new DeleteMeetingCommand({ MeetingId });
  const answer = await ask(line, 'DeleteMeeting', () =>
    chime().repeatable.send(command).catch(unlessForbidden),
  );
  return isChimeFailure(answer) ? answer : 'deleted';
}

/** Is the meeting alive? */
export async function getMeeting(
  line: Line,
  MeetingId: string,
): Promise<{ Meeting: ChimeMeeting } | ChimeFailure> {
  const command = new GetMeetingCommand({ MeetingId });
  const answer = await ask(line, 'GetMeeting', () => chime().repeatable.send(command));
  return isChimeFailure(answer) ? answer : { Meeting: answer.Meeting as ChimeMeeting };
}

/** A request with what the deployment's settings add to it. */
export function withSettings(request: MeetingRequest): MeetingRequest {
  const { notificationsQueueArn, notificationsTopicArn, tenantIds, networkType, meetingHostId } = settings();
  const notify = {
    ...(notificationsQueueArn && { SqsQueueArn: notificationsQueueArn }),
    ...(notificationsTopicArn && { SnsTopicArn: notificationsTopicArn }),
  };
  return {
    ...request,
    ...(Object.keys(notify).length > 0 && { NotificationsConfiguration: notify }),
    ...(tenantIds && { TenantIds: tenantIds }),
    ...(networkType && { MediaPlacementNetworkType: networkType }),
    ...(meetingHostId && { MeetingHostId: meetingHostId }),
  };
}

/**
 * Did Chime open what was asked? A reused token can hand back another meeting, even the primary
 * (https://github.com/aws/amazon-chime-sdk-js/issues/2433), and seating people there would be worse than failing.
 */
function checked(request: MeetingRequest, answer: object | undefined): ChimeMeeting {
  const meeting = answer as ChimeMeeting | undefined;
  const isRight =
    meeting?.MeetingId !== undefined &&
    meeting.MeetingId !== request.PrimaryMeetingId &&
    (meeting.PrimaryMeetingId ?? undefined) === request.PrimaryMeetingId &&
    meeting.MediaRegion === request.MediaRegion &&
    meeting.ExternalMeetingId === request.ExternalMeetingId;
  if (!isRight) throw new Error('Chime answered CreateMeeting with a meeting that was not asked for');
  return meeting;
}
