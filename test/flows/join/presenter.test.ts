import { invariantViolations } from '../../races/audit.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const all = (Audio: string, Video = Audio, Content = Audio) => ({ capabilities: { Audio, Video, Content } });

describe('joining the stage is refused', () => {
  it('when the stage is full, and not to people who are on it', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ meetingFeatures: { Attendee: { MaxCount: 5 } } });
    for (const user of ['ada', 'bob', 'cyd', 'dan']) await presenter(name, user).seat();
    expect(await refusalOf(presenter(name, 'one-too-many').join())).toBe('STAGE_FULL');
    expect((await presenter(name, 'ada').join()).status).toBe(200);
    await presenter(name, 'bob').leave();
    expect((await presenter(name, 'one-too-many').seat()).placement.kind).toBe('primary');
  });

  it('with video where the meeting has none, by field, before anything is opened', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ meetingFeatures: { Video: { MaxResolution: 'None' } } });
    const asked = presenter(name, 'ada').join(all('SendReceive', 'SendReceive', 'None'));
    await expect(asked).rejects.toMatchObject({ code: 'BAD_REQUEST', field: 'capabilities.Video' });
    expect(chime.live(name)).toEqual([]);
  });
});

describe('joining the stage', () => {
  it.each(['host', 'presenter'] as const)('creates the name and open the primary, for a %s', async (role) => {
    const name = uniqueMeetingId();
    const joined = await chime.person(name, 'ada', { role }).seat();
    expect(joined).toMatchObject({
      role,
      Meeting: { ExternalMeetingId: name, MediaRegion: 'us-east-1' },
      Attendee: { ExternalUserId: 'ada' },
      placement: { kind: 'primary', mediaRegion: 'us-east-1', reason: 'stage' },
      epoch: 1,
    });
    expect(joined.Meeting).not.toHaveProperty('PrimaryMeetingId');
  });

  it('opens the primary in the media region of the host’s options, whatever the first presenter requests', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ mediaRegion: 'eu-west-2' });
    const joined = await presenter(name, 'ada').seat({ mediaRegion: 'ap-south-1' });
    expect(joined.placement.mediaRegion).toBe('eu-west-2');
  });

  it('opens the primary in the media region of the first presenter if the options name none; later presenters change nothing', async () => {
    const name = uniqueMeetingId();
    const first = await presenter(name, 'ada').seat({ mediaRegion: 'ap-south-1' });
    const second = await presenter(name, 'bob').seat({ mediaRegion: 'sa-east-1' });
    expect([first, second].map(({ placement }) => placement.mediaRegion)).toEqual([
      'ap-south-1',
      'ap-south-1',
    ]);
    expect(second.Meeting).toEqual(first.Meeting);
  });

  it('never opens the primary outside the allowed media regions', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ allowedMediaRegions: ['eu-north-1'] });
    const joined = await presenter(name, 'ada').seat({ mediaRegion: 'us-east-1' });
    expect(joined.placement.mediaRegion).toBe('eu-north-1');
  });

  it('passes the requested capabilities to Chime, for the first presenter and for later ones', async () => {
    const name = uniqueMeetingId();
    const first = await presenter(name, 'ada').seat(all('Send', 'SendReceive', 'Send'));
    const second = await presenter(name, 'bob').seat(all('Receive'));
    const none = await presenter(name, 'cyd').seat();
    expect(first.Attendee.Capabilities).toEqual(all('Send', 'SendReceive', 'Send').capabilities);
    expect(second.Attendee.Capabilities).toEqual(all('Receive').capabilities);
    expect(none.Attendee.Capabilities).toEqual(all('SendReceive').capabilities);
  });

  it('opens the primary with the features of the host’s options, and the MaxCount that Chime requires', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ meetingFeatures: { Content: { MaxResolution: 'UHD' } } });
    const { Meeting } = await presenter(name, 'ada').seat();
    expect(Meeting.MeetingFeatures).toMatchObject({
      Content: { MaxResolution: 'UHD' },
      Attendee: { MaxCount: 25 },
    });
  });

  it('costs one call to Chime for the first join, one for every other, and none for a repeated join', async () => {
    const name = uniqueMeetingId();
    const sum = () =>
      ['CreateMeetingWithAttendees', 'CreateAttendee'].map((each) => chime.callsOf(each as never));
    const [opened, made] = sum() as [number, number];
    await presenter(name, 'ada').seat();
    await presenter(name, 'bob').seat();
    await presenter(name, 'ada').seat();
    await presenter(name, 'bob').seat();
    expect(sum()).toEqual([opened + 1, made + 1]);
  });
});

describe('joining the stage survives', () => {
  it('twenty presenters at once: one primary, each with one attendee', async () => {
    const name = uniqueMeetingId();
    const joined = await atOnce(20, (k) => presenter(name, `ada-${k}`).seat());
    expect(new Set(joined.map(({ Meeting }) => Meeting.MeetingId)).size).toBe(1);
    expect(new Set(joined.map(({ Attendee }) => Attendee.AttendeeId)).size).toBe(20);
    expect(namesIn(chime.live(name)[0])).toHaveLength(20);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });

  it('thirty at once where nine fit: nine are seated, the others refused', async () => {
    const name = uniqueMeetingId();
    await hostOf(name).create({ meetingFeatures: { Attendee: { MaxCount: 10 } } });
    const outcomes = await atOnce(30, (k) =>
      presenter(name, `ada-${k}`)
        .seat()
        .then(
          () => 'seated',
          (error: { code: string }) => error.code,
        ),
    );
    expect(outcomes.filter((each) => each === 'seated')).toHaveLength(9);
    expect(outcomes.filter((each) => each === 'STAGE_FULL')).toHaveLength(21);
    expect(namesIn(chime.live(name)[0])).toHaveLength(9);
  });
});
