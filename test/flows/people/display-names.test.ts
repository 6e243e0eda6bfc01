import { operations } from '../../../lib/contract.ts';
import { readParticipant } from '../../../lib/store/participant/participants.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import { useWorld } from '../support.ts';

const chime = useWorld();

async function aStage(displayName = 'Ada Lovelace') {
  const name = uniqueMeetingId();
  const host = chime.person(name, 'u-1', { role: 'host' });
  await host.seat({ displayName });
  return { name, host };
}

interface Named {
  externalUserId: string;
  displayName?: string;
}

const shown = (people: Named[]) =>
  Object.fromEntries(people.map(({ externalUserId, displayName }) => [externalUserId, displayName]));

describe('the display name of a join', () => {
  it('is shown in the answer, in the participant list, with hands, with bans and on stage', async () => {
    const { name, host } = await aStage();
    const linus = chime.person(name, 'u-2');
    expect(await linus.seat({ displayName: ' Linus  Quill ' })).toMatchObject({
      externalUserId: 'u-2',
      displayName: 'Linus Quill',
    });
    const { attendees } = (await host.list()).body as { attendees: Named[] };
    expect(shown(attendees)).toEqual({ 'u-1': 'Ada Lovelace', 'u-2': 'Linus Quill' });
    expect((await host.see('u-2')).body).toMatchObject({ displayName: 'Linus Quill' });
    await linus.raise();
    expect(shown(((await host.hands()).body as { hands: Named[] }).hands)).toEqual({ 'u-2': 'Linus Quill' });
    await host.promote('u-2');
    const { stage } = (await linus.get({ stage: true })).body as { stage: Named[] };
    expect(stage).toEqual([
      { externalUserId: 'u-1', displayName: 'Ada Lovelace' },
      { externalUserId: 'u-2', displayName: 'Linus Quill' },
    ]);
    await host.remove('u-2', { ban: true });
    expect(shown(((await host.bans()).body as { bans: Named[] }).bans)).toEqual({ 'u-2': 'Linus Quill' });
  });

  it('is that of the latest join, also where that has none', async () => {
    const { name } = await aStage();
    for (const role of ['viewer', 'presenter'] as const) {
      const eve = chime.person(name, `eve-${role}`, { role });
      const names = [];
      for (const body of [{ displayName: 'Eve' }, { displayName: 'Eva' }, {}, { displayName: 'Eve' }]) {
        names.push((await eve.seat(body)).displayName);
        expect((await readParticipant(name, `eve-${role}`))?.displayName).toBe(names.at(-1));
      }
      expect(names).toEqual(['Eve', 'Eva', undefined, 'Eve']);
    }
  });

  it('is absent where no name was sent, and the stage list is absent where it was not requested', async () => {
    const { host } = await aStage();
    const people = chime.person(uniqueMeetingId(), 'u-3', { role: 'host' });
    expect(await people.seat()).not.toHaveProperty('displayName');
    expect((await people.get({ stage: true })).body).toMatchObject({ stage: [{ externalUserId: 'u-3' }] });
    expect((await host.get()).body).not.toHaveProperty('stage');
  });

  it.each(['', '   ', 'x'.repeat(65), 'Ada\u202e', 'Ada\n'])(
    'is refused by field where it cannot be shown: %j',
    (displayName) => {
      const parsed = operations.joinMeeting.body.safeParse({ displayName });
      expect(parsed.error?.issues[0]?.path).toEqual(['displayName']);
    },
  );
});
