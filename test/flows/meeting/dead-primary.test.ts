import { invariantViolations } from '../../races/audit.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { atOnce, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const SIX_MINUTES = 360_000;
const presenter = (name: string, user: string) => chime.person(name, user, { role: 'presenter' });
const soundly = async (name: string) => expect(await invariantViolations(chime.world, name)).toEqual([]);
const primaryOf = (name: string) =>
  chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);

/** The primary was empty for six minutes, or was deleted at Chime by an operator. */
const deaths = {
  'of idleness': () => {
    chime.passAtChime(SIX_MINUTES);
    chime.pass(SIX_MINUTES);
  },
  'by another hand': (name: string) => void chime.kill(primaryOf(name)),
};
const names = Object.keys(deaths) as (keyof typeof deaths)[];

async function aHouse() {
  const name = uniqueMeetingId();
  const first = await presenter(name, 'ada').seat();
  const seat = await chime.person(name, 'viewer-1').seat();
  return { name, first, seat };
}

describe.each(names)('a primary that died %s', (death) => {
  it('is followed by the next epoch when another presenter joins', async () => {
    const { name, first } = await aHouse();
    deaths[death](name);
    const second = await chime.persist(presenter(name, 'bob').join);
    expect(second.epoch).toBe(2);
    expect(second.Meeting.MeetingId).not.toBe(first.Meeting.MeetingId);
    expect(namesIn(primaryOf(name))).toEqual(['bob']);
    await soundly(name);
  });

  it('gives each of its viewers a seat of the next epoch', async () => {
    const { name, seat } = await aHouse();
    deaths[death](name);
    await chime.persist(presenter(name, 'bob').join);
    const next = await chime.persist(chime.person(name, 'viewer-1').join);
    expect(next.epoch).toBe(2);
    expect(next.Meeting.MeetingId).not.toBe(seat.Meeting.MeetingId);
    await soundly(name);
  });

  it('gives its first presenter a new attendee in the next epoch', async () => {
    const { name, first } = await aHouse();
    deaths[death](name);
    await chime.persist(presenter(name, 'bob').join);
    const again = await chime.persist(presenter(name, 'ada').join);
    expect(again.epoch).toBe(2);
    expect(again.Attendee.AttendeeId).not.toBe(first.Attendee.AttendeeId);
    await soundly(name);
  });

  it('is noticed by ten presenters at once, and followed by one epoch', async () => {
    const { name } = await aHouse();
    deaths[death](name);
    const joined = await atOnce(10, (k) => presenter(name, `bob-${k}`).seat());
    expect(new Set(joined.map(({ epoch }) => epoch))).toEqual(new Set([2]));
    expect(new Set(joined.map(({ Meeting }) => Meeting.MeetingId)).size).toBe(1);
    await soundly(name);
  });

  it('is noticed by a viewer for whom a replica is to be opened', async () => {
    const name = uniqueMeetingId();
    await presenter(name, 'ada').seat();
    deaths[death](name);
    expect(await chime.person(name, 'viewer-1').join()).toMatchObject({ body: { reason: 'no-presenter' } });
    expect((await chime.person(name, 'viewer-1').get()).body).toMatchObject({
      epoch: 2,
      status: 'scheduled',
    });
  });
});

describe('a presenter who was on stage when the primary died of idleness', () => {
  it('opens the next epoch by joining again', async () => {
    const { name, first } = await aHouse();
    deaths['of idleness']();
    const again = await chime.persist(presenter(name, 'ada').join);
    expect(again.epoch).toBe(2);
    expect(again.Meeting.MeetingId).not.toBe(first.Meeting.MeetingId);
    await soundly(name);
  });
});

describe('a viewer who was seated when the primary died of idleness', () => {
  it('does not get a seat in the dead meeting, and waits for a presenter of the next epoch', async () => {
    const { name } = await aHouse();
    deaths['of idleness']();
    expect(await chime.person(name, 'viewer-1').join()).toMatchObject({ body: { reason: 'no-presenter' } });
    expect((await chime.persist(presenter(name, 'bob').join)).epoch).toBe(2);
    expect((await chime.persist(chime.person(name, 'viewer-1').join)).epoch).toBe(2);
    await soundly(name);
  });
});

describe('a replica that died alone', () => {
  it('is not opened again under its ordinal: the next one has its own', async () => {
    const name = uniqueMeetingId();
    await presenter(name, 'ada').seat();
    chime.strike('BatchCreateAttendee', 'timeout-before', 3);
    chime.strike('ListAttendees', 'error-500', 3);
    await chime.person(name, 'viewer-1').join();
    chime.kill(chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId !== null));
    const seat = await chime.persist(chime.person(name, 'viewer-1').join);
    expect(seat.placement.ordinal).toBe(1);
    await soundly(name);
  });
});
