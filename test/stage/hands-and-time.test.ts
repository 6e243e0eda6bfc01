import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { killPrimary, startStage } from '../support/stage/facts.ts';
import { audience, raisedHands, raiseInTurn, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const hallWithHands = async (viewers = ['ann', 'bob']) => {
  const name = uniqueMeetingId();
  const { host } = await audience(name, viewers);
  await raiseInTurn(name, viewers);
  return { name, host };
};

describe('a raised hand', () => {
  it('is lowered once its owner has left, also when they come back, and can be raised again', async () => {
    const { name, host } = await hallWithHands();
    await someone(name, 'ann').leave();
    expect(await raisedHands(host)).toEqual(['bob']);
    await someone(name, 'ann').seat();
    expect(await raisedHands(host)).toEqual(['bob']);
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['bob', 'ann']);
  });

  it('is lowered by a removal of its owner, also after their return', async () => {
    const { name, host } = await hallWithHands();
    await host.remove('ann');
    await someone(name, 'ann').seat();
    expect(await raisedHands(host)).toEqual(['bob']);
  });

  it('stays up when the primary dies, and is listed once its owner is seated in the next epoch', async () => {
    const { name, host } = await hallWithHands();
    await killPrimary(world, name);
    const other = someone(name, 'other-host', { role: 'host' });
    expect((await other.seat()).epoch).toBe(2);
    expect(await raisedHands(host)).toEqual([]);
    await someone(name, 'ann').seat();
    expect(await raisedHands(host)).toEqual(['ann']);
  });

  it('keeps its position when it is raised again in the next epoch', async () => {
    const { name, host } = await hallWithHands();
    await killPrimary(world, name);
    await someone(name, 'other-host', { role: 'host' }).seat();
    await someone(name, 'ann').seat();
    await raiseInTurn(name, ['ann'], 5000);
    await someone(name, 'bob').seat();
    expect(await raisedHands(host)).toEqual(['ann', 'bob']);
  });

  it('is lowered once the meeting was ended and opened again', async () => {
    const { name, host } = await hallWithHands();
    await host.end();
    await host.create();
    await host.seat();
    await someone(name, 'ann').seat();
    expect(await raisedHands(host)).toEqual([]);
    expect((await host.see('ann')).body).not.toHaveProperty('handRaisedAt');
  });

  it('can be raised in the new incarnation of an ended name', async () => {
    const { name, host } = await hallWithHands();
    await host.end();
    await host.create();
    await host.seat();
    await someone(name, 'ann').seat();
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['ann']);
  });

  it('is lowered when its owner is promoted, and not before', async () => {
    const { host } = await hallWithHands();
    await host.promote('ann');
    expect(await raisedHands(host)).toEqual(['bob']);
  });

  it('cannot be raised on stage, and can be raised after a demotion', async () => {
    const { name, host } = await hallWithHands(['ann']);
    await host.promote('ann');
    expect(await refusalOf(someone(name, 'ann').raise())).toBe('ON_STAGE');
    await host.demote('ann');
    expect(await raisedHands(host)).toEqual([]);
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['ann']);
  });

  it('is lowered by a ban, and stays down when the ban is lifted', async () => {
    const { host } = await hallWithHands();
    await host.remove('ann', { ban: true });
    expect(await raisedHands(host)).toEqual(['bob']);
    await host.unban('ann');
    expect(await raisedHands(host)).toEqual(['bob']);
  });
});

describe('the cursor of the list of hands', () => {
  const cursorOf = async (host: Awaited<ReturnType<typeof hallWithHands>>['host']) =>
    ((await host.hands({ limit: 1 })).body as { cursor: string }).cursor;

  it('is refused when it was changed', async () => {
    const { host } = await hallWithHands();
    const cursor = await cursorOf(host);
    const changed = [...cursor].map((_, at) => {
      const letter = cursor[at] === 'A' ? 'B' : 'A';
      return `${cursor.slice(0, at)}${letter}${cursor.slice(at + 1)}`;
    });
    const codes = await Promise.all(changed.map((one) => refusalOf(host.hands({ cursor: one }))));
    expect(new Set(codes)).toEqual(new Set(['BAD_REQUEST']));
  });

  it('is refused in another meeting, in another incarnation of the name, and in another list', async () => {
    const { name, host } = await hallWithHands();
    const { host: stranger } = await hallWithHands();
    const cursor = await cursorOf(host);
    expect(await refusalOf(stranger.hands({ cursor }))).toBe('BAD_REQUEST');
    expect(await refusalOf(host.bans({ cursor }))).toBe('BAD_REQUEST');
    await host.end();
    await someone(name, 'the-host', { role: 'host' }).create();
    expect(await refusalOf(host.hands({ cursor }))).toBe('BAD_REQUEST');
  });

  it('is refused by its field when it is not a cursor', async () => {
    const { host } = await hallWithHands();
    const refusal = await host.hands({ cursor: 'bm8tY3Vyc29y' }).catch((error) => error);
    expect(refusal).toMatchObject({ code: 'BAD_REQUEST', field: 'cursor' });
  });
});
