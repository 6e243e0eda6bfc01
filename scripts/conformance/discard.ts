import type { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';

const TRIES = 3;

/**
 * Deletes a meeting, and returns whether it is gone. "Not found" means gone. "Forbidden" may mean the same, as AWS answered
 * for deleted meetings (https://github.com/aws/aws-sdk-net/issues/1571); then GetMeeting must not find it.
 */
export async function discard(chime: ChimeSDKMeetings, MeetingId: string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries++) {
    const outcome = await nameOf(chime.deleteMeeting({ MeetingId }));
    if (outcome === 'done' || outcome === 'NotFoundException') return true;
    if (outcome === 'ForbiddenException') return isGone(chime, MeetingId);
  }
  return false;
}

async function isGone(chime: ChimeSDKMeetings, MeetingId: string): Promise<boolean> {
  return ['NotFoundException', 'ForbiddenException'].includes(await nameOf(chime.getMeeting({ MeetingId })));
}

const nameOf = (request: Promise<unknown>) =>
  request.then(
    () => 'done',
    (error: Error) => error.name,
  );
