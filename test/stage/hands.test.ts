import { dieAt, prepareCrossing } from '../support/crossing.ts';
import type { TestWorld } from '../support/local-world.ts';
import { refusalOf, uniqueMeetingId } from '../support/people.ts';
import { killPrimary, startStage } from '../support/stage/facts.ts';
import { audience, raisedHands, raiseInTurn, someone } from '../support/stage/people.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startStage();
  prepareCrossing();
});
afterAll(() => world.close());

const crowd = (count: number) => Array.from({ length: count }, (_, n) => `viewer-${n}`);

describe('raising a hand', () => {
  it('is refused to a person who is not in the meeting, or has left', async () => {
    const name = uniqueMeetingId();
    await audience(name, ['who-left']);
    await someone(name, 'who-left').leave();
    expect(await refusalOf(someone(name, 'who-left').raise())).toBe('NOT_JOINED');
    expect(await refusalOf(someone(name, 'a-stranger').raise())).toBe('NOT_JOINED');
    expect(await refusalOf(someone(uniqueMeetingId(), 'a-stranger').raise())).toBe('MEETING_NOT_FOUND');
  });

  it('is refused once the meeting is ended, and to banned people', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['viv', 'bad']);
    await host.remove('bad', { ban: true });
    expect(await refusalOf(someone(name, 'bad').raise())).toBe('BANNED');
    await host.end();
    expect(await refusalOf(someone(name, 'viv').raise())).toBe('MEETING_ENDED');
  });

  it('keeps its first position when it is repeated', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann', 'bob']);
    await raiseInTurn(name, ['ann', 'bob', 'ann']);
    expect(await raisedHands(host)).toEqual(['ann', 'bob']);
  });

  it('goes to the end of the list after it was lowered', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann', 'bob']);
    await raiseInTurn(name, ['ann', 'bob']);
    await someone(name, 'ann').lower();
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['bob', 'ann']);
  });

  it('raises one hand from ten devices at once', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann']);
    await Promise.all(Array.from({ length: 10 }, () => someone(name, 'ann').raise()));
    expect(await raisedHands(host)).toEqual(['ann']);
  });
});

describe('raising a hand after the request died that', () => {
  const LATER = 30_000; // its lease is over
  it.each(['a promotion', 'a demotion'])(
    '%s sent is refused on stage only, at whichever of its requests it died',
    async (which) => {
      let hasDied = true;
      for (let n = 1; hasDied; n++) {
        const name = uniqueMeetingId();
        const { host } = await audience(name, ['ann']);
        if (which === 'a demotion') await host.promote('ann');
        const move = () => (which === 'a demotion' ? host.demote('ann') : host.promote('ann'));
        hasDied = await dieAt(n, move);
        const isOnStage = ((await host.see('ann')).body as { promoted: boolean }).promoted;
        const raised = someone(name, 'ann', { later: LATER }).raise();
        if (isOnStage) expect(await refusalOf(raised)).toBe('ON_STAGE');
        else expect(await raised).toEqual({ status: 204 });
      }
    },
  );
});

describe('lowering a hand', () => {
  it('is idempotent, and succeeds for a person who never raised one', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann']);
    await raiseInTurn(name, ['ann']);
    await someone(name, 'ann').lower();
    await someone(name, 'ann').lower();
    await someone(name, 'a-stranger').lower();
    expect(await raisedHands(host)).toEqual([]);
  });
});

describe('a host or presenter who lowers a hand', () => {
  it('lowers that hand and no other, may repeat it, and the owner may raise it again', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann', 'bob']);
    const pia = someone(name, 'pia', { role: 'presenter' });
    await raiseInTurn(name, ['ann', 'bob']);
    expect([await pia.lowerOf('ann'), await host.lowerOf('ann')]).toEqual([{ status: 204 }, { status: 204 }]);
    expect(await raisedHands(host)).toEqual(['bob']);
    await raiseInTurn(name, ['ann'], 100);
    expect(await raisedHands(host)).toEqual(['bob', 'ann']);
  });

  it('may do so for a stranger, and is refused in an unknown meeting', async () => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, []);
    expect(await host.lowerOf('a-stranger')).toEqual({ status: 204 });
    expect(await refusalOf(someone(uniqueMeetingId(), 'ida', { role: 'host' }).lowerOf('ann'))).toBe(
      'MEETING_NOT_FOUND',
    );
  });
});

describe('a hand that is raised while its owner', () => {
  it.each(['leaves', 'is promoted'])('%s is lowered in the end', async (what) => {
    const name = uniqueMeetingId();
    const { host } = await audience(name, ['ann']);
    const ann = someone(name, 'ann');
    for (let round = 0; round < 3; round++) {
      const other = () => (what === 'leaves' ? ann.leave() : host.promote('ann'));
      await Promise.all([ann.raise().catch(() => undefined), other()]);
      expect(await raisedHands(host)).toEqual([]);
      await ann.seat();
      await host.demote('ann');
      expect(await raisedHands(host)).toEqual([]);
    }
  });
});

describe('hands of people who did not return after the epoch changed', () => {
  it('hide no hand of a person who did, on any page', async () => {
    const name = uniqueMeetingId();
    const ghosts = crowd(12);
    const { host } = await audience(name, [...ghosts, 'ann', 'bob']);
    await raiseInTurn(name, [...ghosts, 'ann', 'bob']);
    await killPrimary(world, name);
    expect((await someone(name, 'other-host', { role: 'host' }).seat()).epoch).toBe(2);
    for (const who of ['ann', 'bob']) await someone(name, who).seat();
    expect((await host.hands({ limit: 1 })).body).toMatchObject({ hands: [] });
    expect(await raisedHands(host, 1)).toEqual(['ann', 'bob']);
    expect(await raisedHands(host)).toEqual(['ann', 'bob']);
  });
});

describe('a host who lists hands late', () => {
  const name = uniqueMeetingId();
  const viewers = crowd(40);
  const late = someone(name, 'a-late-host', { role: 'host' });
  beforeAll(async () => {
    await audience(name, [...viewers, ...crowd(50).slice(40)]);
    await raiseInTurn(name, viewers);
  });

  it('sees the hands that were raised before, oldest first', async () => {
    expect(await raisedHands(late)).toEqual(viewers);
  });

  it('gets every hand once, with pages of one hand or of seven', async () => {
    expect(await raisedHands(late, 7)).toEqual(viewers);
    expect(await raisedHands(late, 1)).toEqual(viewers);
  });

  it('gets no empty last page', async () => {
    const { body } = await late.hands({ limit: viewers.length });
    expect(body).not.toHaveProperty('cursor');
  });

  it('gets every hand once and in order, also those that are raised between two pages', async () => {
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
