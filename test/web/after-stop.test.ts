import { afterStop, pauseBefore } from '../../web/room/after-stop.ts';

describe('a session that stopped', () => {
  it.each(['MeetingEnded', 'TaskFailed', 'AudioAuthenticationRejected', 'SignalingBadRequest'] as const)(
    'for %s is joined again: only the service knows if the meeting is over',
    (code) => expect(afterStop(code).next).toBe('again'),
  );

  it.each(['Left', 'AudioJoinedFromAnotherDevice', 'AudioAttendeeRemoved'] as const)(
    'for %s is not: two tabs, or a host and a guest, would go on for ever',
    (code) => expect(afterStop(code).next).toBe('out'),
  );

  it('says that a host removed a person only where a host’s page said so', () => {
    expect(afterStop('AudioAttendeeRemoved').news).toMatch(/^The same person joined elsewhere, or a host/);
    expect(afterStop('AudioAttendeeRemoved', true).news).toBe('A host has removed you from the meeting.');
    expect(afterStop('AudioJoinedFromAnotherDevice', true).news).toContain('another window');
  });

  it('says something in either case', () => {
    expect(afterStop('MeetingEnded').news).toContain('interrupted');
    expect(afterStop('TaskFailed').news).toContain('connection');
  });
});

describe('before joining again', () => {
  it('has audiences come back spread over a second and a half', () => {
    expect([pauseBefore(0, 0), pauseBefore(0, 0.5), pauseBefore(0, 1)]).toEqual([0, 750, 1500]);
  });

  it('makes a page that fails repeatedly wait longer, half a minute at most', () => {
    expect([1, 2, 3, 9].map((failures) => pauseBefore(failures, 1))).toEqual([3000, 6000, 12_000, 30_000]);
  });
});
