import type { TestWorld } from '../support/local-world.ts';
import { aName, refusalOf } from '../support/people.ts';
import { startStage } from '../support/stage-facts.ts';
import { audience, raisedHands, raiseInTurn, someone } from '../support/stage-people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
});
afterAll(() => world.close());

const crowd = (count: number) => Array.from({ length: count }, (_, n) => `viewer-${n}`);

describe('raising a hand', () => {
  it('is refused to who is not here, or not any more', async () => {
    const name = aName();
    await audience(name, ['who-left']);
    await someone(name, 'who-left').leave();
    expect(await refusalOf(someone(name, 'who-left').raise())).toBe('NOT_JOINED');
    expect(await refusalOf(someone(name, 'a-stranger').raise())).toBe('NOT_JOINED');
    expect(await refusalOf(someone(aName(), 'a-stranger').raise())).toBe('MEETING_NOT_FOUND');
  });

  it('is refused once the meeting is ended, and to the banned', async () => {
    const name = aName();
    const { host } = await audience(name, ['viv', 'bad']);
    await host.remove('bad', { ban: true });
    expect(await refusalOf(someone(name, 'bad').raise())).toBe('BANNED');
    await host.end();
    expect(await refusalOf(someone(name, 'viv').raise())).toBe('MEETING_ENDED');
  });

  it('keeps its first place in line when it is repeated', async () => {
    const name = aName();
    const { host } = await audience(name, ['ann', 'bob']);
    await raiseInTurn(name, ['ann', 'bob', 'ann']);
    expect(await raisedHands(host)).toEqual(['ann', 'bob']);
  });

  it('goes to the end of the line after it was lowered', async () => {
    const name = aName();
    const { host } = await audience(name, ['ann', 'bob']);
    await raiseInTurn(name, ['ann', 'bob']);
    await someone(name, 'ann').lower();
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['bob', 'ann']);
  });

  it('is one hand, from ten devices at once', async () => {
    const name = aName();
    const { host } = await audience(name, ['ann']);
    await Promise.all(Array.from({ length: 10 }, () => someone(name, 'ann').raise()));
    expect(await raisedHands(host)).toEqual(['ann']);
  });
});

describe('lowering a hand', () => {
  it('may be repeated, and is no fault for who never raised one', async () => {
    const name = aName();
    const { host } = await audience(name, ['ann']);
    await raiseInTurn(name, ['ann']);
    await someone(name, 'ann').lower();
    await someone(name, 'ann').lower();
    await someone(name, 'a-stranger').lower();
    expect(await raisedHands(host)).toEqual([]);
  });
});

describe('a host who comes late', () => {
  const name = aName();
  const viewers = crowd(40);
  const late = someone(name, 'a-late-host', { role: 'host' });
  beforeAll(async () => {
    await audience(name, [...viewers, ...crowd(50).slice(40)]);
    await raiseInTurn(name, viewers);
  });

  it('sees the hands that were raised before, oldest first', async () => {
    expect(await raisedHands(late)).toEqual(viewers);
  });

  it('turns page after page, of one hand or of seven, and misses nobody', async () => {
    expect(await raisedHands(late, 7)).toEqual(viewers);
    expect(await raisedHands(late, 1)).toEqual(viewers);
  });

  it('gets no empty last page', async () => {
    const { body } = await late.hands({ limit: viewers.length });
    expect(body).not.toHaveProperty('cursor');
  });

  it('sees everybody once and in order, also those who raise a hand between two pages', async () => {
    const newcomers = crowd(50).slice(40);
    const waiting = [...newcomers];
    const raiseOneMore = async () => {
      const next = waiting.shift();
      if (next) await raiseInTurn(name, [next], 1000 + 10 * (newcomers.length - waiting.length));
    };
    const seen = await raisedHands(late, 9, raiseOneMore);
    expect(seen.slice(0, 40)).toEqual(viewers);
    expect(seen.slice(40)).toEqual(newcomers.slice(0, seen.length - 40));
    expect(seen.length).toBeGreaterThan(40);
  });
});
