import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HowToEnter, type Person, type Place, useSandbox } from './support/sandbox.ts';

/** The oldest client that connects without asking TurnControlUrl, the last of the second major, and today's. */
const OLDEST = 'amazon-chime-sdk-js-1';
const MIDDLE = 'amazon-chime-sdk-js-2';
const NEWEST = 'amazon-chime-sdk-js';

const sandbox = useSandbox({ clients: [OLDEST, MIDDLE, NEWEST] });

const versionOf = (clientPackage: string) =>
  JSON.parse(readFileSync(join('node_modules', clientPackage, 'package.json'), 'utf8')).version;

const started = (...people: Person[]) => Promise.all(people.map((person) => person.untilTold('started')));

let primary: Place;
let replica: Place;
beforeEach(async () => {
  primary = await sandbox.primary();
  replica = await sandbox.replica(primary);
});

/** A presenter with microphone and camera, and a viewer. */
async function stageAndSeat(presenter: HowToEnter, viewer: HowToEnter) {
  const ada = await sandbox.enter(primary, 'ada', { speaks: true, ...presenter });
  const linus = await sandbox.enter(replica, 'linus', viewer);
  await started(ada, linus);
  await ada.call('startCamera');
  return { ada, linus };
}

it('tests the versions that the README of the emulator names', () => {
  const readme = readFileSync('emulator/README.md', 'utf8');
  for (const client of [OLDEST, MIDDLE, NEWEST]) expect(readme).toContain(versionOf(client));
});

describe.each([OLDEST, MIDDLE, NEWEST])('the package %s', (client) => {
  it('joins a primary and a replica, and the viewer hears and sees the presenter', async () => {
    const { linus } = await stageAndSeat({ client }, { client });
    await Promise.all([linus.untilPresent('ada'), linus.untilHears(), linus.untilSees()]);
  });
});

describe('clients of different ages in one meeting', () => {
  it.each([
    [OLDEST, NEWEST],
    [NEWEST, OLDEST],
    [MIDDLE, NEWEST],
  ])('a viewer with %s hears and sees a presenter with %s', async (viewer, presenter) => {
    const { linus } = await stageAndSeat({ client: presenter }, { client: viewer });
    await Promise.all([linus.untilPresent('ada'), linus.untilHears(), linus.untilSees()]);
  });

  it('a viewer with the middle version is promoted, and the newest and the oldest hear and see them', async () => {
    const ada = await sandbox.enter(primary, 'ada', { client: NEWEST });
    const grace = await sandbox.enter(replica, 'grace', { client: OLDEST });
    const linus = await sandbox.enter(replica, 'linus', { client: MIDDLE, speaks: true });
    await started(ada, grace, linus);
    expect(await linus.call('promote', await sandbox.admit(primary, 'promoted-linus'))).toBe('OK');
    await linus.call('startCamera');
    await Promise.all(
      [ada, grace].flatMap((other) => [
        other.untilPresent('ada', 'promoted-linus'),
        other.untilHears(),
        other.untilSees(),
      ]),
    );
    await linus.call('demote');
    await Promise.all([ada, grace].map((other) => other.untilPresent('ada')));
  });

  it('no client logs an error when it joins', async () => {
    const people = await Promise.all(
      [OLDEST, MIDDLE, NEWEST].map((client) => sandbox.enter(primary, `with-${client}`, { client })),
    );
    await started(...people);
    for (const person of people) expect(person.errors).toEqual([]);
  });
});
