import type { Attendee, Meeting } from '../meetings/meeting.ts';
import type { ChimeState } from '../state.ts';
import { admit } from './admit.ts';
import { connect, disconnect } from './presence.ts';

/*
 * A media pipeline joins its meeting as an attendee with the reserved prefix, such as `aws:MediaPipeline-1a2b3`
 * (https://github.com/aws/amazon-chime-sdk-android/issues/514), and keeps it alive while it is connected
 * (https://github.com/aws/amazon-chime-sdk-js/issues/2454). Another service's operation starts it.
 */

/** Connects a media pipeline to a meeting. */
export function startPipeline(state: ChimeState, meeting: Meeting): Attendee {
  const ExternalUserId = `aws:MediaPipeline-${state.hex(5)}`;
  const attendee = admit({ state, now: state.clock.now() }, meeting, { ExternalUserId });
  connect(state, { meeting, attendee });
  return attendee;
}

/** Disconnects the media pipelines of a meeting. */
export function stopPipelines(state: ChimeState, meeting: Meeting): void {
  for (const attendee of meeting.attendees.values())
    if (attendee.externalUserId.startsWith('aws:')) disconnect(state, { meeting, attendee }, 'left');
}
