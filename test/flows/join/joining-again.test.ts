import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { seatOf } from '../../../simulation/joined-body.ts';
import { invariantViolations } from '../../races/audit.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const FIVE = { maxReplicas: 1, meetingFeatures: { Attendee: { MaxCount: 5 } } };
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

async function aStage(options: object = {}) {
  const name = uniqueMeetingId();
  await hostOf(name).create(options);
  await hostOf(name).seat();
  return name;
}

const credentialOf = ({ Meeting, Attendee }: JoinedBody) => [
  Meeting.MeetingId,
  Attendee.AttendeeId,
  Attendee.JoinToken,
];
const countOf = async (name: string) => ((await hostOf(name).get()).body as { viewers: number }).viewers;
const primaryOf = (name: string) =>
  chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);

describe.each([['viewer'], ['presenter']] as const)('joining again as a %s survives', (role) => {
  it('one device: the same meeting, attendee and token', async () => {
    const name = await aStage();
    const ada = chime.person(name, 'ada', { role });
    const first = await ada.seat();
    expect(credentialOf(await ada.seat())).toEqual(credentialOf(first));
    expect(seatOf(await ada.seat())).toEqual(seatOf(first));
  });

  it('ten devices at once: all ten get the same', async () => {
    const name = await aStage(FIVE);
    const joined = await atOnce(10, () => chime.person(name, 'ada', { role }).seat());
    expect(new Set(joined.map((each) => String(credentialOf(each)))).size).toBe(1);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });

  it('ten devices at once, where a replica is open already', async () => {
    const name = await aStage(FIVE);
    await chime.person(name, 'somebody').seat();
    const joined = await atOnce(10, () => chime.person(name, 'ada', { role }).seat());
    expect(new Set(joined.map((each) => String(credentialOf(each)))).size).toBe(1);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});

describe('ten devices of one viewer survive', () => {
  it('without a lost seat: all other viewers still get one', async () => {
    const name = await aStage(FIVE);
    await chime.person(name, 'somebody').seat();
    await atOnce(10, () => chime.person(name, 'ada').seat());
    await atOnce(3, (k) => chime.person(name, `viewer-${k}`).seat());
    expect(await countOf(name)).toBe(5);
    expect(await refusalOf(chime.person(name, 'one-too-many').join())).toBe('MEETING_FULL');
  });
});

describe('ten devices of the first presenter survive', () => {
  it('with one primary and one attendee', async () => {
    const name = uniqueMeetingId();
    const joined = await atOnce(10, () => hostOf(name).seat());
    expect(new Set(joined.map((each) => String(credentialOf(each)))).size).toBe(1);
    expect(chime.live(name)).toHaveLength(1);
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
  });
});

describe('coming back after leaving', () => {
  it('gives a viewer the seat they had, and counts it once', async () => {
    const name = await aStage();
    const ada = chime.person(name, 'ada');
    const first = await ada.seat();
    await ada.leave();
    expect(await countOf(name)).toBe(0);
    expect(seatOf(await ada.seat())).toEqual(seatOf(first));
    await atOnce(5, () => ada.seat());
    expect(await countOf(name)).toBe(1);
  });

  it('never gives the seat of a person who left to another person', async () => {
    const name = await aStage(FIVE);
    const ada = chime.person(name, 'ada');
    const first = await ada.seat();
    await ada.leave();
    const others = await atOnce(4, (k) => chime.person(name, `viewer-${k}`).seat());
    expect(others.map(({ Attendee }) => Attendee.AttendeeId)).not.toContain(first.Attendee.AttendeeId);
    expect(await refusalOf(chime.person(name, 'one-too-many').join())).toBe('MEETING_FULL');
  });
});

describe('coming in another role', () => {
  it('moves a viewer to the stage, and gives their seat back', async () => {
    const name = await aStage();
    await chime.person(name, 'ada').seat();
    const onStage = await chime.person(name, 'ada', { role: 'presenter' }).seat();
    expect(onStage).toMatchObject({ role: 'presenter', placement: { kind: 'primary' } });
    expect(await countOf(name)).toBe(0);
    expect(namesIn(primaryOf(name))).toEqual(['the-host', 'ada']);
  });

  it('moves a presenter to the audience, and takes them off the stage', async () => {
    const name = await aStage();
    await chime.person(name, 'ada', { role: 'presenter' }).seat();
    expect((await chime.person(name, 'ada').seat()).placement.kind).toBe('replica');
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
    expect((await hostOf(name).get()).body).toMatchObject({ viewers: 1, primary: { seatsTaken: 1 } });
  });

  it('moves a viewer to the stage and back to the same seat', async () => {
    const name = await aStage();
    const first = await chime.person(name, 'ada').seat();
    await chime.person(name, 'ada', { role: 'presenter' }).seat();
    expect(credentialOf(await chime.person(name, 'ada').seat())).toEqual(credentialOf(first));
    expect((await hostOf(name).get()).body).toMatchObject({ viewers: 1, primary: { seatsTaken: 1 } });
    expect((await hostOf(name).list()).body).toMatchObject({
      attendees: expect.arrayContaining([expect.objectContaining({ externalUserId: 'ada', role: 'viewer' })]),
    });
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });
});
