import { afterStop } from '../../web/room/after-stop.ts';

describe('a session that stopped', () => {
  it.each(['MeetingEnded', 'TaskFailed', 'AudioAuthenticationRejected', 'SignalingBadRequest'] as const)(
    'is followed by another join after %s, because only the service knows whether the meeting is over',
    (code) => expect(afterStop(code).next).toBe('again'),
  );

  it.each(['Left', 'AudioJoinedFromAnotherDevice', 'AudioAttendeeRemoved'] as const)(
    'is not followed by another join after %s, because two tabs, or a host and a guest, would alternate for ever',
    (code) => expect(afterStop(code).next).toBe('out'),
  );

  it('is explained as a removal only where a host’s page announced one', () => {
    expect(afterStop('AudioAttendeeRemoved').news).toMatch(/^The same person joined elsewhere, or a host/);
    expect(afterStop('AudioAttendeeRemoved', true).news).toBe('A host has removed you from the meeting.');
    expect(afterStop('AudioJoinedFromAnotherDevice', true).news).toContain('another window');
  });

  it('has an explanation for every reason', () => {
    expect(afterStop('MeetingEnded').news).toContain('interrupted');
    expect(afterStop('TaskFailed').news).toContain('connection');
  });
});
