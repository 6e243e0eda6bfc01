import { Refusal } from '../../lib/refusals.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import { isLater } from '../../simulation/is-later.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { clock } from '../support/skipping-clock.ts';
import { stageFaults } from '../support/stage/audit.ts';
import { livePrimary, onStageAtChime, startStage, strike } from '../support/stage/facts.ts';
import { audience, credentialOf, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const viewers = Array.from({ length: 20 }, (_, n) => `viewer-${n}`);

/** Twenty viewers in their seats, and a stage of thirteen with places left. Two of fifteen are kept free. */
async function nearlyFull(presenters: number) {
  const name = uniqueMeetingId();
  const { host } = await audience(name, viewers.slice(0, 1), {
    meetingFeatures: { Attendee: { MaxCount: 15 } },
  });
  for (const who of viewers.slice(1)) await someone(name, who).seat({ mediaRegion: 'us-east-1' });
  for (let n = 0; n < presenters; n++) await someone(name, `presenter-${n}`, { role: 'presenter' }).seat();
  return { name, host };
}

/** The result of each request: a status, or the code of a refusal. A waiting request retries. */
const outcomes = (asked: (() => Promise<{ status: number }>)[]) =>
  Promise.all(asked.map((ask) => outcome(ask)));

async function outcome(ask: () => Promise<{ status: number }>, tries = 5): Promise<string> {
  const answer = await ask().catch((error: unknown) => error as Error);
  if (!(answer instanceof Error)) return String(answer.status);
  if (!(answer instanceof Refusal)) throw answer;
  return isLater(answer.code) && tries > 0 ? outcome(ask, tries - 1) : answer.code;
}

describe('twenty grants at once for the last ten places on stage', () => {
  it('give ten promotions and ten refusals, and fill the stage to the last place', async () => {
    const { name, host } = await nearlyFull(2);
    const answers = await outcomes(viewers.map((who) => () => host.promote(who)));
    expect(answers.filter((one) => one === '200')).toHaveLength(10);
    expect(answers.filter((one) => one === 'STAGE_FULL')).toHaveLength(10);
    const topology = await freshTopology(name, clock.now());
    expect(topology?.stage.size).toBe(topology?.primary?.capacity);
    expect(onStageAtChime(world, name)).toEqual([...(topology?.stage ?? [])].toSorted());
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('a full stage', () => {
  it('refuses viewers and presenters, and keeps capacity at Chime for content shares', async () => {
    const { name, host } = await nearlyFull(12);
    expect(await refusalOf(host.promote('viewer-0'))).toBe('STAGE_FULL');
    expect(await refusalOf(someone(name, 'pia', { role: 'presenter' }).join())).toBe('STAGE_FULL');
    expect(livePrimary(world, name)?.attendeeCount).toBe(13);
    expect(livePrimary(world, name)?.capacity).toBe(15);
    expect((await host.get()).body).toMatchObject({ primary: { seatsTaken: 13, capacity: 13 } });
  });

  it('answers the people on stage as before', async () => {
    const { name, host } = await nearlyFull(11);
    await host.promote('viewer-0');
    const before = await credentialOf(someone(name, 'viewer-0'));
    expect(await refusalOf(host.promote('viewer-1'))).toBe('STAGE_FULL');
    expect((await host.promote('viewer-0')).status).toBe(200);
    expect(await credentialOf(someone(name, 'viewer-0'))).toEqual(before);
    expect((await someone(name, 'presenter-0', { role: 'presenter' }).join()).status).toBe(200);
  });

  it('admits one more for each person who leaves', async () => {
    const { name, host } = await nearlyFull(11);
    await host.promote('viewer-0');
    await host.demote('viewer-0');
    expect((await host.promote('viewer-1')).status).toBe(200);
    await host.remove('presenter-3');
    expect((await host.promote('viewer-2')).status).toBe(200);
    await someone(name, 'presenter-4', { role: 'presenter' }).leave();
    expect((await host.promote('viewer-3')).status).toBe(200);
    expect(await refusalOf(host.promote('viewer-4'))).toBe('STAGE_FULL');
    expect(await stageFaults(world, name)).toEqual([]);
  });
});

describe('concurrent requests', () => {
  it('for the promotion of one person create one attendee in ten', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    const answers = await outcomes(Array.from({ length: 10 }, () => () => host.promote('vic')));
    expect(new Set(answers)).toEqual(new Set(['200']));
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
    expect(livePrimary(world, name)?.attendees.size).toBe(2);
  });

  it('for the promotion of one person create one attendee in ten, also when Chime’s response is lost', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic']);
    strike(world, 'CreateAttendee', { fault: 'timeout-after' });
    await outcomes(Array.from({ length: 10 }, () => () => host.promote('vic')));
    expect((await host.promote('vic')).status).toBe(200);
    expect(onStageAtChime(world, name)).toEqual(['the-host', 'vic']);
    expect(await stageFaults(world, name)).toEqual([]);
  });

  it('for the removal of one person by two hosts both succeed when it is done', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['vic', 'other']);
    await host.promote('vic');
    const ida = someone(name, 'ida', { role: 'host' });
    expect(await outcomes([() => host.remove('vic'), () => ida.remove('vic', { ban: true })])).toEqual([
      '204',
      '204',
    ]);
    expect(onStageAtChime(world, name)).toEqual(['the-host']);
    expect((await host.get()).body).toMatchObject({ viewers: 1 });
    expect(await stageFaults(world, name)).toEqual([]);
  });
});
