import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { settings } from '../../lib/settings.ts';
import { TableName, table } from '../../lib/store/table.ts';
import type { TestWorld } from '../support/local-world.ts';
import { person } from '../support/people.ts';
import { startStage } from '../support/stage/facts.ts';

const DAY_S = 86_400;
/** The longest life of a Chime meeting. */
const MEETING_DAYS = 1;
const SLOW_TEST_DAYS = 0.1;

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

/** A meeting with every kind of record: a stage, seats, a hand, a promotion, a person who left, a ban. */
async function eventful(name: string) {
  const host = person(name, 'the-host', { role: 'host' });
  await host.seat();
  const [vic, zoe, max] = ['vic', 'zoe', 'max'].map((who) => person(name, who));
  for (const one of [vic, zoe, max]) await one?.seat();
  await vic?.raise();
  await host.promote('zoe');
  await max?.leave();
  await host.remove('max', { ban: true });
  await host.provision({ 'eu-central-1': 1 });
  return host;
}

async function kept(): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await table().send(
    new ScanCommand({ TableName: TableName(), ConsistentRead: true }),
  );
  return Items;
}

const daysLeft = ({ expiresAt }: Record<string, unknown>) =>
  ((expiresAt as number) - Date.now() / 1000) / DAY_S;

describe('every record', () => {
  it('expires: people at the retention after the latest end of a meeting, names after twice as long, and bans never', async () => {
    const host = await eventful('hall');
    const items = await kept();
    const lasting = items.filter(({ expiresAt }) => expiresAt === undefined);
    expect(lasting.map(({ externalUserId }) => externalUserId)).toEqual(['max']);
    const days = MEETING_DAYS + settings().retentionDays;
    for (const item of items.filter((one) => !lasting.includes(one))) {
      const most = item.sk === 'TOPOLOGY' || String(item.pk).startsWith('LIVES#') ? 2 * days : days;
      const isKept = daysLeft(item) > most - SLOW_TEST_DAYS && daysLeft(item) <= most;
      expect([item.pk, item.sk, isKept]).toEqual([item.pk, item.sk, true]);
    }
    expect(items.length).toBeGreaterThan(10);
    await host.unban('max');
    expect((await kept()).filter(({ expiresAt }) => expiresAt === undefined)).toEqual([]);
  });
});
