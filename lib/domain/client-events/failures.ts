/**
 * The status codes of the Chime client, versions 1 to 3, with which a connection fails. Codes of a wanted end are not included:
 * the person left, joined elsewhere or was removed, the meeting ended, or a promotion ended.
 * https://aws.github.io/amazon-chime-sdk-js/enums/meetingsessionstatuscode.html
 */
export const FAILURES = [
  'AudioAuthenticationRejected',
  'AudioCallAtCapacity',
  'AudioDisconnectAudio',
  'AudioDisconnected',
  'AudioInternalServerError',
  'AudioServiceUnavailable',
  'AudioVideoDisconnectedWhilePromoted',
  'ConnectionHealthReconnect',
  'EncodedTransformManagerFailed',
  'ICEGatheringTimeoutWorkaround',
  'IncompatibleSDP',
  'NoAttendeePresent',
  'RealtimeApiFailed',
  'SignalingBadRequest',
  'SignalingChannelClosedUnexpectedly',
  'SignalingInternalServerError',
  'SignalingRequestFailed',
  'StateMachineTransitionFailed',
  'TURNCredentialsForbidden',
  'TaskFailed',
  'VideoCallAtSourceCapacity',
] as const;

export type FailureCode = (typeof FAILURES)[number];
