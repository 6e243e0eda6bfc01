import { fromText, inAudience } from '../../../lib/domain/ledger/facts.ts';
import { intervalsOf } from '../../../lib/domain/ledger/intervals.ts';
import { type Life, spansOf } from '../../../lib/domain/ledger/life.ts';
import fc from '../../support/random/property.ts';
import { facts, factsOf, GOING_ON, inAnyOrder, SEAT, STAGE, stays, truthOf, written } from './support.ts';

const read = (texts: string[], life: Life = GOING_ON) =>
  written(intervalsOf({ facts: texts, past: [] }, life));

describe('the intervals of a person', () => {
  it('are exact in any order and with repeats, if no event was lost', () => {
    const told = stays.chain((list) =>
      fc.record({ list: fc.constant(list), texts: inAnyOrder(factsOf(list)) }),
    );
    fc.assert(
      fc.property(told, ({ list, texts }) => {
        expect(intervalsOf({ facts: texts, past: [] }, GOING_ON)).toEqual(truthOf(list));
      }),
    );
  });

  it('do not depend on the order and number of facts, whatever was lost', () => {
    const told = stays
      .chain((list) => fc.subarray(factsOf(list)))
      .chain((some) => fc.record({ one: inAnyOrder(some), other: inAnyOrder(some) }));
    fc.assert(
      fc.property(told, ({ one, other }) => {
        const of = (texts: string[]) => intervalsOf({ facts: texts, past: [] }, GOING_ON);
        expect(of(one)).toEqual(of(other));
      }),
    );
  });

  it('lie after an assignment or an event, and before the end, whatever was lost', () => {
    const told = stays.chain((list) =>
      fc.record({ list: fc.constant(list), some: fc.subarray(factsOf(list)) }),
    );
    fc.assert(
      fc.property(told, ({ list, some }) => {
        const end = Math.max(0, ...list.map(({ to }) => to));
        const ended = { ...GOING_ON, endedAt: end };
        for (const { connection, from, to } of intervalsOf({ facts: textsOf(some), past: [] }, ended)) {
          const first = list.find((one) => one.connection === connection);
          expect(from).toBeGreaterThanOrEqual(first?.assignedAt ?? Infinity);
          expect(to).toBeLessThanOrEqual(end);
          expect(to).toBeGreaterThanOrEqual(from);
        }
      }),
    );
  });

  it('are marked as estimated where no event reported their beginning or their end', () => {
    const told = stays.chain((list) =>
      fc.record({ list: fc.constant(list), some: fc.subarray(factsOf(list)) }),
    );
    fc.assert(
      fc.property(told, ({ list, some }) => {
        const exact = intervalsOf({ facts: textsOf(some), past: [] }, { ...GOING_ON, endedAt: 1e9 }).filter(
          ({ isEstimated }) => !isEstimated,
        );
        const facts = some.map(
          ({ connection, at, kind }) => `${connection} ${at} ${kind === 'J' ? 'J' : 'end'}`,
        );
        for (const { connection, from, to } of exact) {
          expect(facts).toContain(`${connection} ${from} J`);
          expect(facts).toContain(`${connection} ${to} end`);
        }
        expect(list.length === 0 || exact.length <= list.length).toBe(true);
      }),
    );
  });

  it.each([
    ['S10 J12 L90', '12-90'],
    ['S10 J12', '12-'],
    ['S10', ''],
    ['S10 G50', ''],
    ['J12 D50 J60 L90', '12-50 60-90'],
    ['J12 J50 L90', '12-50? 50-90'],
    ['S10 L90', '10-90?'],
    ['L90', ''],
    ['J12 D50 D90', '12-50 50-90?'],
    ['J12 L50 L90', '12-50'],
    ['J12 L50 S60 L90', '12-50 60-90?'],
    ['J12 G50', '12-50?'],
    ['J12 G50 L51', '12-51'],
    ['J12 G50 D15000', '12-15000'],
    ['J12 G50 S60 J70 L90', '12-50? 70-90'],
    ['J12 G50 G60 L70', '12-70'],
    ['J12 X50', '12-50'],
    ['J12 X50 L51', '12-50'],
    ['J12 L50 X51', '12-50'],
    ['S10 X50', ''],
    ['A12 J13 L90', '13-90'],
    ['A12 L90', '12-90?'],
    ['A12 J20000 L90000', '12-20000? 20000-90000'],
    ['J12 A50 L90', '12-90'],
    ['J12 G50 A60 L90', '12-50? 60-90?'],
  ])('of %s are %s', (told, intervals) => {
    expect(read(told.split(' ').flatMap((one) => facts(one)))).toBe(intervals);
  });

  it('have one order, also where two begin at the same instant', () => {
    for (const texts of [facts('J20'), facts('S10 J20')]) {
      const found = intervalsOf({ facts: [...facts('S10 J20', STAGE), ...texts], past: [] }, GOING_ON);
      expect(found.map(({ connection }) => connection)).toEqual([SEAT, STAGE]);
    }
  });

  it('leave out what is no fact', () => {
    expect(read(['a1.0|zz', 'x|1|J', 'a1.0|1|Q', ...facts('J12 L90')])).toBe('12-90');
  });
});

describe('an interval that no event closed', () => {
  const life = (endings: string[], more: Partial<Life> = {}): Life => ({
    ...GOING_ON,
    spans: spansOf(endings),
    ...more,
  });
  const at = (instant: number) => instant.toString(36);
  const now = (epoch: number, ...replicas: number[]) => ({
    epoch,
    replicas: new Set(replicas),
    nextOrdinal: 2,
  });

  it('ends with its replica', () => {
    expect(read(facts('J12'), life([`r1.0|${at(80)}|x`, `r1.1|${at(20)}|x`]))).toBe('12-80?');
  });

  it('ends with its epoch, at the earliest time that was recorded', () => {
    expect(read(facts('J12'), life([`e1|${at(90)}|x`, `e1|${at(70)}|x`]))).toBe('12-70?');
    expect(read(facts('J12', STAGE), life([`e1|${at(70)}|x`]))).toBe('12-70?');
  });

  it('ends when the next epoch opened, if no record says when its own ended', () => {
    expect(read(facts('J12'), life([`e2|${at(95)}|o`], { current: now(2) }))).toBe('12-95?');
  });

  it('ends with the last fact, if its epoch is over and no record says since when', () => {
    expect(read(facts('J12 J40'), life([], { current: now(2) }))).toBe('12-40? 40-40?');
  });

  it('ends with the last fact, if its replica is not there any more and no record says since when', () => {
    expect(read(facts('J12'), life([], { current: now(1, 1) }))).toBe('12-12?');
    expect(read(facts('J12'), life([], { current: now(1, 0, 1) }))).toBe('12-');
    expect(read(facts('J12', inAudience(1, 2)), life([], { current: now(1) }))).toBe('12-'); // opened since
  });

  it('ends with the name', () => {
    expect(read(facts('J12'), life([], { endedAt: 60 }))).toBe('12-60?');
  });

  it('does not end before it began, whatever the clocks say', () => {
    expect(read(facts('J12'), life([], { endedAt: 5 }))).toBe('12-12?');
  });

  it('keeps the end that an event reported after the end of its meeting was recorded', () => {
    expect(read(facts('J12 L65'), life([], { endedAt: 60 }))).toBe('12-65');
  });

  it('ends when the viewer was given another seat', () => {
    const elsewhere = facts('S50 J52', inAudience(1, 1));
    expect(read([...facts('S10 J12'), ...elsewhere])).toBe('12-50? 52-');
  });

  it('goes on in the audience while the viewer is on stage', () => {
    expect(read([...facts('S10 J12'), ...facts('S50 J52', STAGE)])).toBe('12- 52-');
  });
});

const textsOf = (list: ReturnType<typeof factsOf>) =>
  list.map(({ connection, at, kind }) => `${connection}|${at.toString(36)}|${kind}`);

describe('a fact', () => {
  it('is the same after it was written', () => {
    const at = 1_793_534_400_123;
    for (const kind of 'SAJGDLX') {
      const text = `${SEAT}|${at.toString(36)}|${kind}`;
      expect(fromText(text)).toEqual({ connection: SEAT, at, kind });
      expect(text.length).toBeLessThan(20);
    }
  });
});
