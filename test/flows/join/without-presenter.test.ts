import { invariantViolations } from '../../races/audit.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { atOnce, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const viewer = (name: string, k = 0) => chime.person(name, `viewer-${k}`);
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
const primaries = (name: string) =>
  chime.live(name).filter(({ primaryMeetingId }) => primaryMeetingId === null);
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);
const FAULTS = ['throttle', 'error-500', 'timeout-before', 'timeout-after'] as const;

async function anOpenHouse(options: object = {}) {
  const name = uniqueMeetingId();
  await hostOf(name).create({ waitForPresenter: false, ...options });
  return name;
}

describe('where viewers wait for a presenter', () => {
  it('a viewer opens nothing', async () => {
    const name = await anOpenHouse({ waitForPresenter: true });
    expect(await viewer(name).join()).toMatchObject({ status: 202, body: { reason: 'no-presenter' } });
    expect(chime.live(name)).toEqual([]);
  });
});

describe('where viewers need not wait for a presenter', () => {
  it('the first viewer opens the primary, with an empty stage, and gets a seat', async () => {
    const name = await anOpenHouse();
    const { Meeting, placement } = await viewer(name).seat({ mediaRegion: 'eu-west-1' });
    expect(primaries(name)).toMatchObject([{ meetingId: Meeting.PrimaryMeetingId, attendeeCount: 0 }]);
    expect(placement).toMatchObject({ kind: 'replica', mediaRegion: 'eu-west-1' });
    await soundly(name);
  });

  it('the primary is opened in the media region that the host set', async () => {
    const name = await anOpenHouse({ mediaRegion: 'ap-south-1' });
    await viewer(name).seat({ mediaRegion: 'eu-west-1' });
    expect(primaries(name)).toMatchObject([{ mediaRegion: 'ap-south-1' }]);
  });

  it('a presenter who comes later enters the same primary', async () => {
    const name = await anOpenHouse();
    const seat = await viewer(name).seat();
    expect((await hostOf(name).seat()).Meeting.MeetingId).toBe(seat.Meeting.PrimaryMeetingId);
    expect(namesIn(primaries(name)[0])).toEqual(['the-host']);
    await soundly(name);
  });

  it('viewers still get in when the last presenter has left', async () => {
    const name = await anOpenHouse();
    await hostOf(name).seat();
    await hostOf(name).leave();
    expect((await viewer(name).seat()).placement.kind).toBe('replica');
  });

  it('viewers and presenters who come at once find one primary', async () => {
    const name = await anOpenHouse();
    const seats = atOnce(8, (k) => viewer(name, k).seat());
    const stage = atOnce(4, (k) => chime.person(name, `ada-${k}`, { role: 'presenter' }).seat());
    await Promise.all([seats, stage]);
    expect(primaries(name)).toHaveLength(1);
    await soundly(name);
  });

  it.each(FAULTS.flatMap((fault) => [1, 3].map((times) => [fault, times] as const)))(
    'it survives %s of CreateMeeting, %i in a row, whichever request continues',
    async (fault, times) => {
      const name = await anOpenHouse();
      chime.strike('CreateMeeting', fault, times);
      await viewer(name).join();
      await chime.persist(hostOf(name).join);
      await chime.persist(viewer(name).join);
      expect(primaries(name)).toHaveLength(1);
      await soundly(name);
    },
  );

  it('a request that takes over the claim uses its options, though the host has changed them', async () => {
    const name = await anOpenHouse();
    chime.strike('CreateMeeting', 'timeout-after', 3);
    await viewer(name).join();
    await hostOf(name).create({ waitForPresenter: true });
    await chime.persist(hostOf(name).join);
    expect(primaries(name)).toHaveLength(1);
    await soundly(name);
  });
});
