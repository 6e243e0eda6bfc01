import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

const OPTIONS = {
  mediaRegion: 'eu-central-1',
  allowedMediaRegions: ['eu-central-1', 'eu-west-1'],
  maxReplicas: 2,
  waitForPresenter: false,
  meetingFeatures: { Audio: { EchoReduction: 'AVAILABLE' } },
  tags: [{ Key: 'event', Value: 'town hall' }],
};

/** A host of a meeting with all options, which lived and was ended. */
async function anEndedMeeting() {
  const name = uniqueMeetingId();
  const host = hostOf(name);
  await host.create(OPTIONS);
  await host.seat();
  await host.end();
  return { name, host };
}

describe('opening a meeting again refuses', () => {
  it('a name that is unknown with 404 MEETING_NOT_FOUND', async () => {
    expect(await refusalOf(hostOf(uniqueMeetingId()).reopen())).toBe('MEETING_NOT_FOUND');
  });

  it('a host who is banned with 403 BANNED', async () => {
    const { name, host } = await anEndedMeeting();
    await host.remove('mallory', { ban: true });
    expect(await refusalOf(chime.person(name, 'mallory', { role: 'host' }).reopen())).toBe('BANNED');
  });
});

describe('opening a meeting again', () => {
  it('keeps every option of an ended name, in its next epoch, and opens nothing at Chime', async () => {
    const { name, host } = await anEndedMeeting();
    expect(await host.reopen()).toMatchObject({
      status: 200,
      body: { externalMeetingId: name, epoch: 2, status: 'scheduled', replicas: [] },
    });
    expect((await host.get()).body).toHaveProperty('options', OPTIONS);
    expect(chime.live(name)).toEqual([]);
    expect((await host.seat()).Meeting.MediaRegion).toBe('eu-central-1');
  });

  it('leaves a name that is not ended as it is', async () => {
    const host = hostOf(uniqueMeetingId());
    await host.create(OPTIONS);
    expect((await host.reopen()).body).toMatchObject({ epoch: 1, status: 'scheduled', options: OPTIONS });
    const { Meeting } = await host.seat();
    expect((await host.reopen()).body).toMatchObject({
      epoch: 1,
      status: 'live',
      primary: { meetingId: Meeting.MeetingId },
    });
  });

  it('is idempotent', async () => {
    const { host } = await anEndedMeeting();
    const first = await host.reopen();
    expect(await host.reopen()).toEqual(first);
  });
});

describe('opening a meeting again survives', () => {
  it('ten hosts at once: one incarnation begins', async () => {
    const { name, host } = await anEndedMeeting();
    const opened = await atOnce(10, () => hostOf(name).reopen());
    expect(opened.every(({ status }) => status === 200)).toBe(true);
    expect((await host.get()).body).toMatchObject({ epoch: 2, status: 'scheduled', options: OPTIONS });
  });

  it('a meeting that could not be deleted when its name was ended: it is deleted before the name opens again', async () => {
    const name = uniqueMeetingId();
    const host = hostOf(name);
    await host.seat();
    chime.strike('DeleteMeeting', 'error-500', 3);
    expect(await refusalOf(host.end())).toBe('UPSTREAM_UNAVAILABLE');
    expect(chime.live(name)).toHaveLength(1);
    await host.reopen();
    expect(chime.live(name)).toEqual([]);
  });
});
