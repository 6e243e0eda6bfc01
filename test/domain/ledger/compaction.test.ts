import { compact, MOST_PAST, pastFrom, pastText } from '../../../lib/domain/ledger/compaction.ts';
import { fromText, inAudience } from '../../../lib/domain/ledger/facts.ts';
import { intervalsOf, type Ledger } from '../../../lib/domain/ledger/intervals.ts';
import fc from '../../support/random/property.ts';
import { facts, factsOf, GOING_ON, SEAT, stays } from './support.ts';

/** The ledger after a compaction, and its later facts: those up to the compaction are not added any more. */
function compacted(ledger: Ledger, later: string[] = []): Ledger {
  const { past, removed, until } = compact(ledger);
  const remaining = [...ledger.facts].filter((text) => !removed.includes(text));
  const added = later.filter((text) => (fromText(text)?.at ?? 0) > until);
  return { facts: [...remaining, ...added], past: pastFrom(pastText(past)) };
}

const some = stays
  .map((list) => factsOf(list).sort((one, other) => one.at - other.at))
  .chain((all) => fc.record({ told: fc.subarray(all), cut: fc.integer({ min: 0, max: all.length }) }))
  .map(({ told, cut }) => ({
    told: told.map(({ connection, at, kind }) => `${connection}|${at.toString(36)}|${kind}`),
    cut,
  }));

/** Facts of all kinds, whether or not they could happen so. The service notes assignments with the next event only. */
const any = fc
  .uniqueArray(fc.record({ at: fc.integer({ min: 1, max: 60_000 }), kind: fc.constantFrom(...'SAJGDLX') }), {
    maxLength: 14,
    selector: ({ at }) => at,
  })
  .chain((list) => fc.record({ list: fc.constant(list), cut: fc.integer({ min: 0, max: list.length }) }))
  .map(({ list, cut }) => {
    const told = list.sort((one, other) => one.at - other.at);
    return { told: told.flatMap(({ at, kind }) => facts(`${kind}${at}`)), cut };
  });

describe('a compaction', () => {
  it('changes no interval of facts in any sequence', () => {
    fc.assert(
      fc.property(any, ({ told, cut }) => {
        const later = compacted({ facts: told.slice(0, cut), past: [] }, told.slice(cut));
        expect(intervalsOf(later, GOING_ON)).toEqual(intervalsOf({ facts: told, past: [] }, GOING_ON));
      }),
      { numRuns: 2000 },
    );
  });

  it('changes no interval, neither of the facts that it saw nor with those that come later', () => {
    fc.assert(
      fc.property(some, ({ told, cut }) => {
        const before = { facts: told.slice(0, cut), past: [] };
        expect(intervalsOf(compacted(before), GOING_ON)).toEqual(intervalsOf(before, GOING_ON));
        const later = compacted(before, told.slice(cut));
        expect(intervalsOf(later, GOING_ON)).toEqual(intervalsOf({ facts: told, past: [] }, GOING_ON));
      }),
      { numRuns: 500 },
    );
  });

  it('changes no interval when it is done again and again', () => {
    fc.assert(
      fc.property(some, ({ told }) => {
        const once = { facts: told, past: [] };
        expect(intervalsOf(compacted(compacted(once)), GOING_ON)).toEqual(intervalsOf(once, GOING_ON));
      }),
    );
  });

  it('is not undone by an assignment that is added again with a later event', () => {
    const told = facts('S10 J12 L50 J60 L70 J80 L90 J95');
    const ledger = compacted({ facts: told, past: [] });
    const again = { ...ledger, facts: [...ledger.facts, ...facts('S10 L99')] };
    expect(intervalsOf(again, GOING_ON)).toEqual(
      intervalsOf({ facts: [...told, ...facts('L99')], past: [] }, GOING_ON),
    );
  });

  it('removes about half of the facts of a person who comes and goes', () => {
    const told = Array.from({ length: 64 }, (_, n) => facts(`J${100 * n + 1} L${100 * n + 50}`)).flat();
    const { removed, until } = compact({ facts: told, past: [] });
    expect(removed).toHaveLength(64);
    expect(until).toBe(3150);
  });

  it('makes room even if no interval of any meeting has an end', () => {
    const told = Array.from({ length: 64 }, (_, n) =>
      facts(`J${1000 + n} J${2000 + n}`, inAudience(n, 0)),
    ).flat();
    const { removed, past } = compact({ facts: told, past: [] });
    expect([removed.length, past.length]).toEqual([64, 64]);
    expect(past[0]).toEqual({ connection: inAudience(0, 0), from: 1000, to: 1000, isEstimated: true });
  });

  it('keeps a bounded number of intervals, and joins those with the shortest gaps', () => {
    const past = Array.from({ length: MOST_PAST }, (_, n) => ({
      connection: SEAT,
      from: 1000 * n,
      to: 1000 * n + (n === 7 ? 999 : 500),
      isEstimated: false,
    }));
    const at = 1000 * MOST_PAST;
    const told = facts(`J${at} L${at + 10} J${at + 700} L${at + 710}`);
    const { past: kept } = compact({ facts: told, past });
    expect(kept).toHaveLength(MOST_PAST);
    expect(kept[7]).toEqual({ connection: SEAT, from: 7000, to: 8500, isEstimated: true });
    expect(pastText(kept).length).toBeLessThan(8000);
  });
});
