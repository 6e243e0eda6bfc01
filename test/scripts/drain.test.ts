import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { drainAsDeployment } from '../../lib/flows/meeting/drain-by-operator.ts';
import { reconcile } from '../../lib/flows/reconcile/run.ts';
import { readDeploymentDrains } from '../../lib/store/deployment-drains.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { drainAllMeetings, type Order, wordsOf } from '../../scripts/drain/all-meetings.ts';
import { attendeesIn, CACHED_MS, drainsIn, FRANKFURT, regionsIn } from '../flows/drains/support.ts';
import { useWorld } from '../flows/support.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { killPrimary } from '../support/stage/facts.ts';

const chime = useWorld();
const { hostOf, house, drain, regionsOf, joinAll } = drainsIn(chime);
const ask = (what: Order['what']) =>
  drainAllMeetings({ mediaRegion: 'eu-central-1', what }, { now: chime.now, pause: async () => {} });
const drainsOf = async (name: string) => (await freshTopology(name, chime.now()))?.drains;

afterEach(() => ask('lift'));

/** The reconciler, once every name is due. */
async function reconcileAll(): Promise<void> {
  chime.pass(61_000);
  const until = chime.now() + 3_600_000;
  await reconcile({ ...chime.call('reconcile', { role: 'host' }), until, failed: () => {} });
}

describe('the drain of a whole deployment', () => {
  it('drains a media region of every meeting; the reconciler moves the viewers of each', async () => {
    const houses = [await house(2), await house(3)];
    const { done } = await ask('evacuate');
    expect(done).toEqual(expect.arrayContaining(houses.map(({ name }) => name)));
    await reconcileAll();
    for (const { name, seats } of houses) {
      expect(regionsOf(name)).not.toContain('eu-central-1');
      const again = await joinAll(name, seats.length);
      expect(regionsIn(again)).not.toContain('eu-central-1');
      expect(attendeesIn(again).size).toBe(seats.length);
    }
  });

  it('names the meetings that may be nowhere else, and leaves them as they are', async () => {
    const { name } = await house(1, { allowedMediaRegions: ['eu-central-1'], mediaRegion: 'eu-central-1' });
    const outcomes = await ask('drain');
    expect(outcomes.nowhereElse).toContain(name);
    expect(wordsOf({ mediaRegion: 'eu-central-1', what: 'drain' }, outcomes)).toContain(name);
    expect(await drainsOf(name)).toBeUndefined();
  });

  it('is lifted where an operator set it, also for a meeting that is not open any more, and not where a host did', async () => {
    const [ours, theirs, idle] = [await house(1), await house(1), await house(1)].map(({ name }) => name) as [
      string,
      string,
      string,
    ];
    await drain(theirs);
    await ask('drain');
    await killPrimary(chime.world, idle);
    chime.pass(3000);
    await chime.person(idle, 'vic').join(FRANKFURT);
    await reconcileAll();
    expect((await freshTopology(idle, chime.now()))?.status).toBe('scheduled');
    await ask('lift');
    expect(await Promise.all([ours, theirs, idle].map(drainsOf))).toEqual([
      undefined,
      { 'eu-central-1': expect.objectContaining({ evacuate: false }) },
      undefined,
    ]);
  });

  it('strengthens a drain of a host, never weakens one, and may be repeated', async () => {
    const { name } = await house(1);
    await drain(name);
    for (const what of ['evacuate', 'drain', 'drain'] as const)
      expect((await ask(what)).done).toContain(name);
    expect(await drainsOf(name)).toMatchObject({ 'eu-central-1': { evacuate: true } });
    expect((await drainsOf(name))?.['eu-central-1']?.by).toBeUndefined();
  });

  it('keeps out viewers who join from then on', async () => {
    const { name } = await house(1);
    await ask('drain');
    chime.pass(CACHED_MS);
    const late = await chime.person(name, 'late').seat(FRANKFURT);
    expect(late.placement.mediaRegion).not.toBe('eu-central-1');
  });

  it('holds for meetings that open later, once the reconciler has seen them', async () => {
    await ask('evacuate');
    const { name } = await house(2);
    expect(regionsOf(name)).toContain('eu-central-1');
    await reconcileAll();
    expect(await drainsOf(name)).toEqual({
      'eu-central-1': { since: expect.any(Number), evacuate: true, by: 'operator' },
    });
    expect(regionsOf(name)).not.toContain('eu-central-1');
    expect(regionsIn(await joinAll(name, 2))).not.toContain('eu-central-1');
  });

  it('makes a later drain of the same meetings an evacuation, and is not weakened by a drain', async () => {
    await ask('drain');
    const { name } = await house(1);
    await reconcileAll();
    expect(await drainsOf(name)).toMatchObject({ 'eu-central-1': { evacuate: false } });
    await ask('evacuate');
    await ask('drain');
    await reconcileAll();
    expect(await drainsOf(name)).toMatchObject({ 'eu-central-1': { evacuate: true, by: 'operator' } });
  });

  it('holds for no later meeting once it is lifted, also for a pass that began before', async () => {
    await ask('drain');
    const standing = await readDeploymentDrains();
    const { name } = await house(1);
    await ask('lift');
    await drainAsDeployment((await freshTopology(name, chime.now())) as Topology, standing, chime.now);
    await reconcileAll();
    expect(await drainsOf(name)).toBeUndefined();
  });

  it('leaves a later meeting alone that may be nowhere else', async () => {
    await ask('evacuate');
    const { name } = await house(1, { allowedMediaRegions: ['eu-central-1'], mediaRegion: 'eu-central-1' });
    await reconcileAll();
    expect(await drainsOf(name)).toBeUndefined();
  });

  it('leaves out ended meetings', async () => {
    const { name } = await house(0);
    await hostOf(name).end();
    expect((await ask('drain')).notNow).toContain(name);
    expect((await ask('drain')).done).not.toContain(uniqueMeetingId());
  });
});

describe('npm run drain', () => {
  const run = promisify(execFile);
  it.each([
    [['--region', 'atlantis'], '--region: name one media region, not "atlantis"'],
    [['--region', 'eu-central-1', '--lift', '--evacuate'], '--lift: leave --evacuate out'],
    [['--region', 'eu-central-1'], '--table: name the DynamoDB table of the stack'],
  ])('refuses %j with a message', async (args, message) => {
    const { TABLE_NAME: _, ...env } = process.env;
    const ran = run(process.execPath, ['--import', 'tsx', 'scripts/drain.ts', ...args], { env });
    await expect(ran).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
