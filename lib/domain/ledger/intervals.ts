import { byConnection, type Connection, type Fact, inOrder, sideOf } from './facts.ts';
import { endOf, type Life } from './life.ts';

/** A time in which a person was connected (milliseconds since the Unix epoch). */
export interface Interval {
  connection: Connection;
  from: number;
  /** Undefined while the person is connected. */
  to?: number;
  /** One of its ends is inferred, because no event of Chime reported it. */
  isEstimated: boolean;
}

/** An interval that is over. */
export type PastInterval = Interval & { to: number };

/** What is stored of one person in one life: the facts, and intervals whose facts were compacted. */
export interface Ledger {
  facts: Iterable<string>;
  past: readonly PastInterval[];
}

/**
 * `AttendeeAuthorized` came 1 to 9 s before its `AttendeeJoined` (https://github.com/aws/amazon-chime-sdk-js/issues/2593), so one
 * that a join follows within this time opens no interval (milliseconds).
 */
const AUTHORIZED_BEFORE_MS = 15_000;

/** The intervals of a person in the order in which they began. They depend on the facts, and not on their order or number. */
export function intervalsOf({ facts: texts, past }: Ledger, life: Life): Interval[] {
  const facts = inOrder(texts);
  const intervals: Interval[] = [...past];
  for (const [connection, those] of byConnection(facts)) {
    const { done, open } = foldConnection(those, lastEndIn(past, connection));
    intervals.push(...done.map((one) => ({ connection, ...one })));
    if (open)
      intervals.push({ connection, ...closed(open, endFor({ connection, open, those }, facts, life)) });
  }
  return intervals.sort(inTime);
}

/** Two connections may begin in the same millisecond. Their names decide then, so that the order depends on nothing but the facts. */
const inTime = (one: Interval, other: Interval) =>
  one.from - other.from || one.connection.localeCompare(other.connection);

/** An interval that no fact closes, closed at the end that is known otherwise. */
function closed({ from, isEstimated }: Open, end: number | undefined): Omit<Interval, 'connection'> {
  if (end === undefined) return { from, isEstimated };
  return { from, to: Math.max(from, end), isEstimated: true };
}

interface Unended {
  connection: Connection;
  open: Open;
  those: readonly Fact[];
}

/**
 * When a connection without a fact about its end was over: when its meeting ended, or when the viewer was given another seat, which
 * happens only once the former one is void. If nobody knows when the meeting ended, the last fact about the connection counts.
 */
function endFor({ connection, open, those }: Unended, all: readonly Fact[], life: Life): number | undefined {
  const ended = endOf(life, connection);
  const moved = sideOf(connection) === 'audience' ? seatedElsewhere(all, connection, open.from) : undefined;
  if (ended === 'unknown') return moved ?? those.at(-1)?.at;
  return ended === undefined ? moved : Math.min(ended, moved ?? ended);
}

function seatedElsewhere(all: readonly Fact[], connection: Connection, after: number): number | undefined {
  return all.find(
    (fact) =>
      fact.at > after &&
      fact.connection !== connection &&
      sideOf(fact.connection) === 'audience' &&
      (fact.kind === 'S' || fact.kind === 'J'),
  )?.at;
}

/** The latest end of a connection among compacted intervals. */
export function lastEndIn(past: readonly PastInterval[], connection: Connection): End | undefined {
  const ends = past.filter((one) => one.connection === connection).map(({ to }) => to);
  return ends.length > 0 ? { at: Math.max(...ends), kind: 'L' } : undefined;
}

interface Open {
  from: number;
  isEstimated: boolean;
}

interface End {
  at: number;
  kind: Fact['kind'];
}

/** What the facts of one connection say: closed intervals, and one that is open after the last fact. */
export interface Folded {
  done: { from: number; to: number; isEstimated: boolean }[];
  open: Open | undefined;
}

/**
 * The intervals of one connection from its facts, in their order.
 * 1. `J` opens one. If one is open, its end was lost: it ends there.
 * 2. `A` opens one if none is open and no `J` follows soon.
 * 3. `D`, `L` and `X` close the open one.
 * 4. `D` and `L` without an open one: the join was lost. The interval begins with the assignment of the seat since the last end; or
 *    else with the last `D`, because a client that dropped reconnects within seconds. Without either, nothing is claimed.
 * 5. `G` closes the open one, unless an event of Chime about its end follows.
 */
export function foldConnection(facts: readonly Fact[], lastEnd?: End): Folded {
  const done: Folded['done'] = [];
  let open: Open | undefined;
  let assignedAt: number | undefined;
  let last = lastEnd;
  const close = (from: Open, { at, kind }: Fact, isEstimated: boolean) => {
    done.push({ from: from.from, to: at, isEstimated });
    open = undefined;
    last = { at, kind };
  };
  for (const [n, fact] of facts.entries()) {
    const { kind, at } = fact;
    if (kind === 'S') assignedAt = at;
    else if (kind === 'A') open ??= joinFollows(facts, n) ? undefined : { from: at, isEstimated: true };
    else if (kind === 'J') {
      if (open) close(open, fact, true);
      open = { from: at, isEstimated: false };
    } else if (open && kind === 'G') {
      if (!endFollows(facts, n)) close(open, fact, true);
    } else if (open) close(open, fact, open.isEstimated);
    else if (kind === 'D' || kind === 'L') {
      const from = missedStart(assignedAt, last);
      if (from !== undefined) close({ from, isEstimated: true }, fact, true);
      else last = { at, kind };
    }
  }
  return { done, open };
}

function missedStart(assignedAt: number | undefined, last: End | undefined): number | undefined {
  if (assignedAt !== undefined && assignedAt > (last?.at ?? -Infinity)) return assignedAt;
  return last?.kind === 'D' ? last.at : undefined;
}

function joinFollows(facts: readonly Fact[], n: number): boolean {
  const next = facts.slice(n + 1).find(({ kind }) => kind !== 'S' && kind !== 'A');
  return next?.kind === 'J' && next.at - (facts[n] as Fact).at <= AUTHORIZED_BEFORE_MS;
}

function endFollows(facts: readonly Fact[], n: number): boolean {
  const next = facts.slice(n + 1).find(({ kind }) => kind !== 'G');
  return next !== undefined && 'DLX'.includes(next.kind);
}
