import { MeetingSessionStatusCode as Newest } from 'amazon-chime-sdk-js';
import { MeetingSessionStatusCode as First } from 'amazon-chime-sdk-js-1';
import { MeetingSessionStatusCode as Second } from 'amazon-chime-sdk-js-2';
import { FAILURES } from '../../../lib/domain/client-events/failures.ts';

/** Codes that no failure has: the end was wanted, or the connection goes on. */
const NO_FAILURES = [
  'AudioAttendeeRemoved',
  'AudioCallEnded',
  'AudioDeviceSwitched',
  'AudioJoinedFromAnotherDevice',
  'AudioVideoWasRemovedFromPrimaryMeeting',
  'Left',
  'MeetingEnded',
  'OK',
  'TURNMeetingEnded',
  'VideoCallSwitchToViewOnly',
];

describe('the list of failures', () => {
  it('has every status code of the Chime clients 1 to 3, but those of no failure', () => {
    const names = [First, Second, Newest].flatMap((codes) => Object.keys(codes));
    const codes = [...new Set(names.filter((name) => Number.isNaN(Number(name))))];
    expect([...FAILURES, ...NO_FAILURES].sort()).toEqual(codes.sort());
  });
});
