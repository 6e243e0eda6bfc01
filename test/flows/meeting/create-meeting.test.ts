import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

describe('creating a meeting refuses', () => {
  it.each([
    ['a media region outside the allowed ones', { mediaRegion: 'us-gov-west-1' }, 'mediaRegion'],
    [
      'allowed regions that host nothing here',
      { allowedMediaRegions: ['us-gov-east-1'] },
      'allowedMediaRegions',
    ],
  ])('%s, by field, and creates nothing', async (_, body, field) => {
    const host = hostOf(uniqueMeetingId());
    await expect(host.create(body)).rejects.toMatchObject({ code: 'BAD_REQUEST', field });
    expect(await refusalOf(host.get())).toBe('MEETING_NOT_FOUND');
  });
});

describe('creating a meeting', () => {
  it('creates the name, with the default options, and opens nothing at Chime', async () => {
    const name = uniqueMeetingId();
    expect(await hostOf(name).create()).toMatchObject({
      status: 201,
      body: {
        externalMeetingId: name,
        epoch: 1,
        status: 'scheduled',
        options: { maxReplicas: 4, waitForPresenter: true },
        replicas: [],
        viewers: 0,
      },
    });
    expect(chime.live(name)).toEqual([]);
  });

  it('replaces all options of a known name', async () => {
    const host = hostOf(uniqueMeetingId());
    await host.create({ maxReplicas: 2, mediaRegion: 'eu-west-1' });
    expect(await host.create({ maxReplicas: 3 })).toMatchObject({ status: 200 });
    expect((await host.get()).body).toMatchObject({ options: { maxReplicas: 3, waitForPresenter: true } });
    expect((await host.get()).body).not.toHaveProperty('options.mediaRegion');
  });

  it('leaves an open primary as it is', async () => {
    const host = hostOf(uniqueMeetingId());
    const { Meeting } = await host.seat();
    const changed = await host.create({ mediaRegion: 'eu-west-1' });
    expect(changed.body).toMatchObject({
      status: 'live',
      epoch: 1,
      primary: { meetingId: Meeting.MeetingId },
    });
  });

  it('opens an ended name again, in its next epoch', async () => {
    const host = hostOf(uniqueMeetingId());
    const first = await host.seat();
    await host.end();
    const again = await host.create({ maxReplicas: 1 });
    expect(again).toMatchObject({
      status: 200,
      body: { epoch: 2, status: 'scheduled', options: { maxReplicas: 1 } },
    });
    const second = await host.seat();
    expect(second.epoch).toBe(2);
    expect(second.Meeting.MeetingId).not.toBe(first.Meeting.MeetingId);
  });
});

describe('creating a meeting survives', () => {
  it('ten hosts at once: one creates, and there is one incarnation', async () => {
    const name = uniqueMeetingId();
    const made = await atOnce(10, () => hostOf(name).create());
    expect(made.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect((await hostOf(name).get()).body).toMatchObject({ epoch: 1 });
  });

  it('ten hosts who open an ended name again at once', async () => {
    const name = uniqueMeetingId();
    const host = hostOf(name);
    await host.seat();
    await host.end();
    const made = await atOnce(10, () => hostOf(name).create());
    expect(made.every(({ status }) => status === 200)).toBe(true);
    expect((await host.get()).body).toMatchObject({ epoch: 2, status: 'scheduled' });
  });

  it('a meeting that could not be deleted when its name was ended: it is deleted before the name opens again', async () => {
    const name = uniqueMeetingId();
    const host = hostOf(name);
    await host.seat();
    chime.strike('DeleteMeeting', 'error-500', 3);
    expect(await refusalOf(host.end())).toBe('UPSTREAM_UNAVAILABLE');
    expect(chime.live(name)).toHaveLength(1);
    await host.create();
    expect(chime.live(name)).toEqual([]);
  });
});
