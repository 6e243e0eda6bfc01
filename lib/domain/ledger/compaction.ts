import {
  byConnection,
  type Connection,
  type Fact,
  fromInstant,
  inOrder,
  sideOf,
  toInstant,
  toText,
} from './facts.ts';
import { foldConnection, type Ledger, lastEndIn, type PastInterval } from './intervals.ts';

/** A record with this many facts is compacted before another is added: about 2 KB. */
export const MOST_FACTS = 128;
/** A record keeps at most this many compacted intervals: about 7 KB. */
export const MOST_PAST = 256;

/** What a compaction changes: the facts that it removes, and the intervals that stand for them. */
export interface Compaction {
  past: PastInterval[];
  removed: string[];
  /** No fact up to this instant is added any more (milliseconds since the Unix epoch). */
  until: number;
}

/**
 * Replace the facts of the older half of a record by the intervals that they told of. An interval keeps its facts if a later fact
 * may still change its end. The intervals of the record are the same before and after, and with the facts that are added later.
 */
export function compact({ facts: texts, past }: Ledger): Compaction {
  const facts = inOrder(texts);
  const until = facts[Math.ceil(facts.length / 2) - 1]?.at ?? 0;
  const over: PastInterval[] = [];
  const kept = new Set<string>();
  for (const [connection, those] of byConnection(facts)) {
    const { done, open } = foldConnection(those, lastEndIn(past, connection));
    const isOver = ({ to }: { to: number }) => to <= until && !mayChange(those, to, until);
    over.push(...done.filter(isOver).map((one) => ({ connection, ...one })));
    const remaining = [...done.filter((one) => !isOver(one)), ...(open ? [open] : [])];
    const needed = those.filter((fact) => fact.at > until || remaining.some((one) => tells(fact, one)));
    for (const fact of [...needed, ...pendingStart(those, until)]) kept.add(toText(fact));
  }
  const removed = facts.map(toText).filter((text) => !kept.has(text));
  if (facts.length - removed.length > MOST_REMAINING) return forced({ facts, past }, until);
  return { past: bounded([...past, ...over]), removed, until };
}

/** If a compaction would leave more facts than this, all facts of the older half go (`forced`), so that there is always room for others. */
const MOST_REMAINING = (MOST_FACTS * 7) / 8;

/**
 * Replace all facts of the older half. An interval that goes on beyond it is cut at its last fact there, and estimated. This happens to a
 * person with intervals without an end in dozens of meetings.
 */
function forced(
  { facts, past }: { facts: Fact[]; past: readonly PastInterval[] },
  until: number,
): Compaction {
  const older = facts.filter(({ at }) => at <= until);
  const over: PastInterval[] = [];
  for (const [connection, those] of byConnection(older)) {
    const { done, open } = foldConnection(those, lastEndIn(past, connection));
    const cut = open ? [{ from: open.from, to: those.at(-1)?.at ?? open.from, isEstimated: true }] : [];
    over.push(...[...done, ...cut].map((one) => ({ connection, ...one })));
  }
  return { past: bounded([...past, ...over]), removed: older.map(toText), until };
}

/** Whether an event about the end may still come for an interval that ended at a request to leave: no fact follows that one. */
function mayChange(facts: readonly Fact[], to: number, until: number): boolean {
  const last = facts.filter(({ at }) => at <= until).at(-1);
  return (
    last?.kind === 'G' &&
    facts.some(({ kind, at }) => kind === 'G' && at === to) &&
    isLastEnd(facts, to, until)
  );
}

const isLastEnd = (facts: readonly Fact[], to: number, until: number) =>
  !facts.some(({ kind, at }) => at > to && at <= until && kind !== 'G');

/** Whether an interval begins with this fact, or ends with it at a request to leave. */
function tells({ at, kind }: Fact, { from, to }: { from: number; to?: number }): boolean {
  return (at === from && 'SAJD'.includes(kind)) || (at === to && kind === 'G');
}

/** The last start up to this instant, if an interval whose join was lost could begin with it: an assignment, or a drop. */
function pendingStart(facts: readonly Fact[], until: number): Fact[] {
  const last = facts.findLast(({ at, kind }) => at <= until && kind !== 'G' && kind !== 'X');
  return last?.kind === 'S' || last?.kind === 'D' ? [last] : [];
}

/**
 * Join the neighbours with the shortest gaps between them, until there are no more than allowed. The gap then counts as presence,
 * and the interval as estimated.
 */
function bounded(past: PastInterval[]): PastInterval[] {
  const sorted = past.sort((one, other) => one.from - other.from);
  while (sorted.length > MOST_PAST) {
    const gaps = sorted.slice(1).map((one, n) => gapBetween(sorted[n] as PastInterval, one));
    const n = gaps.indexOf(Math.min(...gaps));
    const [one, other] = sorted.slice(n, n + 2) as [PastInterval, PastInterval];
    const { connection } = other;
    const joined = { connection, from: one.from, to: Math.max(one.to, other.to), isEstimated: true };
    sorted.splice(n, 2, joined);
  }
  return sorted;
}

/** Intervals on the stage and in the audience are never joined, unless nothing else is left. */
function gapBetween(one: PastInterval, other: PastInterval): number {
  const isSameSide = sideOf(one.connection) === sideOf(other.connection);
  return isSameSide ? other.from - one.to : Number.MAX_SAFE_INTEGER;
}

/** Compacted intervals as they are stored: `a1.0|m3k2x9q1|m3k2x9q8|` and a final `e` if one is estimated, separated by spaces. */
export const pastText = (past: readonly PastInterval[]): string =>
  past
    .map(({ connection, from, to, isEstimated }) =>
      [connection, toInstant(from), toInstant(to), isEstimated ? 'e' : ''].join('|'),
    )
    .join(' ');

export function pastFrom(text: string | undefined): PastInterval[] {
  if (!text) return [];
  return text.split(' ').map((one) => {
    const [connection = '', from = '', to = '', estimated] = one.split('|');
    return {
      connection: connection as Connection,
      from: fromInstant(from),
      to: fromInstant(to),
      isEstimated: estimated === 'e',
    };
  });
}
