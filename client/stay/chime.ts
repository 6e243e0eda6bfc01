import {
  MeetingSessionCredentials,
  type MeetingSessionStatus,
  MeetingSessionStatusCode,
} from 'amazon-chime-sdk-js';
import type { Promotion } from '../balcony.ts';

/** The name of a status code of the Chime client, such as the reason why a session stopped. */
export type StopCode = keyof typeof MeetingSessionStatusCode;

/** The name of the status's code. */
export function codeOf(status: MeetingSessionStatus): StopCode {
  return MeetingSessionStatusCode[status.statusCode()] as StopCode;
}

/** A promotion in the form that `promoteToPrimaryMeeting` takes. */
export function credentialsOf({ Attendee }: Promotion): MeetingSessionCredentials {
  const credentials = new MeetingSessionCredentials();
  credentials.attendeeId = Attendee.AttendeeId;
  credentials.externalUserId = Attendee.ExternalUserId;
  credentials.joinToken = Attendee.JoinToken;
  return credentials;
}
