import { connect } from '../../emulator/state/attendees/presence.ts';
import { say, type World } from '../world.ts';

const IS_PIPELINE = /^aws:/i;

/** Whether this attendee belongs to a media pipeline, and to no person. */
export const isPipeline = ({ externalUserId }: { externalUserId: string }) =>
  IS_PIPELINE.test(externalUserId);

/** Joins a media pipeline to each living primary, so that Chime ends none of them for idleness. */
export function startPipelines(world: World): void {
  const { state } = world.chime;
  for (const meeting of state.live) {
    if (meeting.primaryMeetingId !== null) continue;
    const attendee = {
      attendeeId: `pipeline-${meeting.meetingId}`,
      externalUserId: 'aws:MediaPipeline-recording',
      joinToken: '',
      capabilities: { Audio: 'Receive', Video: 'Receive', Content: 'Receive' } as const,
      sequence: meeting.attendees.size + 1,
      ...{ connected: false, deletedAt: null },
    };
    meeting.attendees.set(attendee.attendeeId, attendee);
    meeting.attendeeCount += 1;
    connect(state, { meeting, attendee });
    say(world, `a pipeline joins ${meeting.meetingId}`);
  }
}
