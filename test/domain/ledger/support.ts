import {
  type Connection,
  type Fact,
  type FactKind,
  inAudience,
  onStage,
  toText,
} from '../../../lib/domain/ledger/facts.ts';
import type { Interval } from '../../../lib/domain/ledger/intervals.ts';
import type { Life } from '../../../lib/domain/ledger/life.ts';
import fc from '../../support/random/property.ts';

export const SEAT = inAudience(1, 0);
export const STAGE = onStage(1);

/** A life that goes on. */
export const GOING_ON: Life = { openedAt: 0, spans: new Map() };

/** Facts of one connection, written like `S10 J12 L90`. */
export function facts(written: string, connection: Connection = SEAT): string[] {
  return written.split(' ').map((each) => {
    const at = Number(each.slice(1));
    return toText({ connection, at, kind: each.charAt(0) as FactKind });
  });
}

/** Intervals, written like `12-90` or `12-90?` if estimated, or `12-` while open. */
export const written = (intervals: readonly Interval[]): string =>
  intervals.map(({ from, to, isEstimated }) => `${from}-${to ?? ''}${isEstimated ? '?' : ''}`).join(' ');

/** What truly happened to one person: times of connection, with how each ended. */
export interface Stay {
  connection: Connection;
  assignedAt: number;
  from: number;
  to: number;
  end: 'D' | 'L' | 'X';
}

/** Stays in an order that can happen: on each side one after the other, each with an assignment before it. */
export const stays: fc.Arbitrary<Stay[]> = fc
  .record({ audience: ofOneSide(SEAT), stage: ofOneSide(STAGE) })
  .map(({ audience, stage }) => [...audience, ...stage]);

function ofOneSide(connection: Connection): fc.Arbitrary<Stay[]> {
  const stay = fc.record({
    waits: fc.integer({ min: 1, max: 30_000 }),
    connects: fc.integer({ min: 1, max: 5000 }),
    stays: fc.integer({ min: 1, max: 100_000 }),
    end: fc.constantFrom('D', 'L', 'X'),
  });
  return fc.array(stay, { maxLength: 6 }).map((list) => {
    let now = 1000;
    return list.map(({ waits, connects, stays: length, end }) => {
      const assignedAt = now + waits;
      const from = assignedAt + connects;
      now = from + length;
      return { connection, assignedAt, from, to: now, end: end as Stay['end'] };
    });
  });
}

/** All facts of these stays. */
export const factsOf = (list: readonly Stay[]): Fact[] =>
  list.flatMap(({ connection, assignedAt, from, to, end }) => [
    { connection, at: assignedAt, kind: 'S' as const },
    { connection, at: from, kind: 'J' as const },
    { connection, at: to, kind: end },
  ]);

/** The same in any order, with repeats. */
export const inAnyOrder = (list: readonly Fact[]): fc.Arbitrary<string[]> => {
  const texts = list.map(toText);
  if (texts.length === 0) return fc.constant([]);
  return fc.array(fc.constantFrom(...texts), { maxLength: 10 }).chain((repeats) => {
    const all = [...texts, ...repeats];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
};

/** The intervals of these stays, if nothing was lost. */
export const truthOf = (list: readonly Stay[]): Interval[] =>
  list
    .map(({ connection, from, to }) => ({ connection, from, to, isEstimated: false }))
    .sort((one, other) => one.from - other.from);
