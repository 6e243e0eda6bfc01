import { table } from '../../lib/store/table.ts';
import { createTopology } from '../../lib/store/topology/topologies.ts';
import { atOnce } from '../flows/support.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { SWEPT_AGAIN_MS, useSweptWorld } from './support.ts';

const world = useSweptWorld();
const { chime } = world;
const LIVE = 60;
const live: string[] = [];
let requests = 0;

beforeAll(async () => {
  const options = { maxReplicas: 4, waitForPresenter: true };
  await atOnce(500, () =>
    createTopology({ externalMeetingId: uniqueMeetingId(), incarnation: 'b', options }, world.now()),
  );
  table().middlewareStack.add((next) => (request) => {
    requests++;
    return next(request);
  });
});

describe('scheduled names without an open meeting', () => {
  it('cost the reconciler eight empty queries, for any number of names', async () => {
    requests = 0;
    expect(await world.reconcileLater()).toEqual({ reconciled: 0 });
    expect(requests).toBe(8);
  });
});

describe('sixty live names', () => {
  beforeAll(async () => {
    chime.chimeWill({ concurrentMeetings: 10_000 });
    for (let k = 0; k < LIVE / 10; k++)
      live.push(...(await atOnce(10, async () => (await world.house(0)).name)));
  });

  it('are reconciled in one call, each with few requests to DynamoDB', async () => {
    world.pass(SWEPT_AGAIN_MS);
    requests = 0;
    expect(await world.reconcileNow()).toEqual({ reconciled: LIVE });
    const screening = 8 + 1 + 2; // the list, the drains of the deployment, all topologies, all people on stage
    expect((requests - screening) / LIVE).toBeLessThanOrEqual(3.5); // the records, the leftovers, the next due time; a permit for four
    expect(world.failed).toEqual([]);
  });

  it('are continued by the next pass where the time was over', async () => {
    world.pass(SWEPT_AGAIN_MS);
    requests = 0;
    const until = world.now() + 1_000_000;
    const now = () => (requests > LIVE ? until + 60_000 : world.now());
    const { reconciled } = await world.reconcileNow({ until, now });
    expect(reconciled).toBeGreaterThan(0);
    expect(reconciled).toBeLessThan(LIVE);
    expect(await world.reconcileNow()).toEqual({ reconciled: LIVE - reconciled });
    expect(await world.reconcileNow()).toEqual({ reconciled: 0 });
  });

  it('are all reconciled but one whose records are broken, which stays due', async () => {
    const [broken = ''] = live;
    world.pass(2_000_000); // the time that the one before pretended is over
    const names: string[] = [];
    const fail = table().middlewareStack;
    const breakIt =
      (next: (request: never) => Promise<never>) =>
      (request: { input: { ExpressionAttributeValues?: Record<string, unknown> } }) => {
        if (request.input.ExpressionAttributeValues?.[':pk'] === `LEFTOVERS#${broken}`)
          throw new Error('broken');
        return next(request as never);
      };
    fail.add(breakIt as never, { name: 'breaks', step: 'initialize' });
    const failed = (name: string) => void names.push(name);
    expect(await world.reconcileNow({ failed })).toEqual({ reconciled: LIVE - 1 });
    fail.remove('breaks');
    expect(names).toEqual([broken]);
    world.pass(30_001 + 60_000);
    expect(await world.reconcileNow()).toEqual({ reconciled: LIVE });
  });
});
