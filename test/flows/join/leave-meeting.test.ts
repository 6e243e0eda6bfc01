import { invariantViolations } from '../../races/audit.ts';
import { refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { atOnce, namesIn, useWorld } from '../support.ts';

const chime = useWorld();
const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });

async function aStage() {
  const name = uniqueMeetingId();
  await hostOf(name).seat();
  return name;
}

const countOf = async (name: string) => ((await hostOf(name).get()).body as { viewers: number }).viewers;
const primaryOf = (name: string) =>
  chime.live(name).find(({ primaryMeetingId }) => primaryMeetingId === null);

describe('leaving is refused', () => {
  it('in an unknown meeting', async () => {
    expect(await refusalOf(chime.person(uniqueMeetingId(), 'ada').leave())).toBe('MEETING_NOT_FOUND');
  });
});

describe('leaving a meeting', () => {
  it("gives a viewer's seat back, without a call to Chime", async () => {
    const name = await aStage();
    await chime.person(name, 'ada').seat();
    const before = structuredClone(chime.world.emulator.state.calls);
    expect(await chime.person(name, 'ada').leave()).toEqual({ status: 204 });
    expect(await countOf(name)).toBe(0);
    expect(chime.world.emulator.state.calls).toEqual(before);
  });

  it('takes a presenter off the stage, and deletes the attendee', async () => {
    const name = await aStage();
    const ada = chime.person(name, 'ada', { role: 'presenter' });
    await ada.seat();
    expect((await ada.leave()).status).toBe(204);
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
    expect((await hostOf(name).get()).body).toMatchObject({ primary: { seatsTaken: 1 } });
  });

  it('gives a presenter who comes back a new attendee', async () => {
    const name = await aStage();
    const ada = chime.person(name, 'ada', { role: 'presenter' });
    const first = await ada.seat();
    await ada.leave();
    const second = await ada.seat();
    expect(second.Meeting).toEqual(first.Meeting);
    expect(second.Attendee.AttendeeId).not.toBe(first.Attendee.AttendeeId);
    expect(await invariantViolations(chime.world, name)).toEqual([]);
  });

  it('changes nothing for a person who never came', async () => {
    const name = await aStage();
    expect((await chime.person(name, 'nobody').leave()).status).toBe(204);
    expect(await countOf(name)).toBe(0);
  });

  it('gives back what the person took in another role', async () => {
    const name = await aStage();
    await chime.person(name, 'ada', { role: 'presenter' }).seat();
    await chime.person(name, 'ada').leave();
    expect(namesIn(primaryOf(name))).toEqual(['the-host']);
  });

  it('changes nothing about a seat of an earlier epoch', async () => {
    const name = await aStage();
    await chime.person(name, 'ada').seat();
    await hostOf(name).end();
    await hostOf(name).create();
    await hostOf(name).seat();
    await chime.person(name, 'bob').seat();
    expect((await chime.person(name, 'ada').leave()).status).toBe(204);
    expect(await countOf(name)).toBe(1);
  });
});

describe('leaving survives', () => {
  it.each(['viewer', 'presenter'] as const)(
    'repeated requests, and ten devices of a %s at once',
    async (role) => {
      const name = await aStage();
      await chime.person(name, 'somebody').seat();
      const ada = chime.person(name, 'ada', { role });
      await ada.seat();
      const left = await atOnce(10, () => ada.leave());
      expect(left).toEqual(Array(10).fill({ status: 204 }));
      expect(await ada.leave()).toEqual({ status: 204 });
      expect(await countOf(name)).toBe(1);
      expect(namesIn(primaryOf(name))).toEqual(['the-host']);
      expect(await invariantViolations(chime.world, name)).toEqual([]);
    },
  );

  it('a primary that died meanwhile', async () => {
    const name = await aStage();
    chime.kill(primaryOf(name));
    expect((await hostOf(name).leave()).status).toBe(204);
  });
});
