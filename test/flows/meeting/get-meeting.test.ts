import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();

describe('getting a meeting refuses', () => {
  it('an unknown name', async () => {
    expect(await refusalOf(chime.person(uniqueMeetingId(), 'anybody').get())).toBe('MEETING_NOT_FOUND');
  });
});

describe('getting a meeting', () => {
  it('shows the topology of the name: replicas, and how many people sit in each', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    const { Meeting } = await host.seat({ mediaRegion: 'ap-northeast-1' });
    const seat = await chime.person(name, 'viewer-1').seat({ mediaRegion: 'eu-central-1' });
    await chime.person(name, 'viewer-2').seat({ mediaRegion: 'eu-west-3' });
    const primaryMeetingId = Meeting.MeetingId;
    expect((await host.get()).body).toEqual({
      externalMeetingId: name,
      epoch: 1,
      status: 'live',
      options: { maxReplicas: 4, waitForPresenter: true },
      primary: { meetingId: primaryMeetingId, mediaRegion: 'ap-northeast-1', seatsTaken: 1, capacity: 240 },
      replicas: [
        {
          ordinal: 0,
          meetingId: seat.Meeting.MeetingId,
          mediaRegion: 'eu-central-1',
          primaryMeetingId,
          status: 'open',
          seatsTaken: 2,
          capacity: 250,
        },
      ],
      viewers: 2,
      problems: [],
    });
  });

  it('never shows a token', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    const onStage = await host.seat();
    const seat = await chime.person(name, 'viewer-1').seat();
    const told = JSON.stringify((await host.get()).body);
    expect(told).not.toContain(onStage.Attendee.JoinToken);
    expect(told).not.toContain(seat.Attendee.JoinToken);
    expect(told).not.toMatch(/token/i);
  });

  it('shows nothing as open once the meeting is ended', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.seat();
    await chime.person(name, 'viewer-1').seat();
    await host.end();
    const { body } = await host.get();
    expect(body).toMatchObject({ status: 'ended', replicas: [], viewers: 0 });
    expect(body).not.toHaveProperty('primary');
  });
});

describe('getting a meeting survives', () => {
  it('an unavailable Chime, because it makes no call to Chime', async () => {
    const name = uniqueMeetingId();
    const host = chime.person(name, 'the-host', { role: 'host' });
    await host.seat();
    chime.strike('*', 'timeout-before', 100);
    expect((await host.get()).status).toBe(200);
  });
});
