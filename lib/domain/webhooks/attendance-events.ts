import { byConnection, type Fact, type FactKind, inOrder, partsOf, sideOf, toText } from '../ledger/facts.ts';
import type { Derived } from './event.ts';

/** A person's attendance in one incarnation. */
export interface Attendance {
  externalUserId: string;
  role?: string;
  facts: ReadonlySet<string>;
}

/** The attendance in an item of a stream record. Undefined if the item is not one. */
export function attendanceIn(item: Record<string, unknown> | undefined): Attendance | undefined {
  if (typeof item?.externalUserId !== 'string') return undefined;
  const { externalUserId, role, facts } = item;
  return {
    externalUserId,
    ...(typeof role === 'string' && { role }),
    facts: facts instanceof Set ? facts : new Set(),
  };
}

/** Facts that end a connection, and how. */
const ENDING: Partial<Record<FactKind, string>> = { D: 'dropped', L: 'left', X: 'deleted', G: 'requested' };
/** Facts within this time may be of the same arrival, or of the same departure (milliseconds). */
const NEAR_MS = 60_000;

/**
 * The events in a change of a person's attendance: the arrivals and departures that all of its facts tell, without those that the
 * facts before told. So whatever the order in which facts come, each arrival and departure that they tell in the end has been an event.
 * Where an earlier sign of one comes later, such as `A` after `J`, it has been two events.
 */
export function attendanceEvents(
  before: Attendance | undefined,
  after: Attendance,
  incarnation: string,
): Derived[] {
  const isNew = [...after.facts].some((text) => !before?.facts.has(text));
  if (!isNew) return []; // a compaction only removes facts
  const known = new Set(toldBy(before?.facts ?? []).map(toText));
  return toldBy(after.facts)
    .filter((fact) => !known.has(toText(fact)))
    .map((fact) => derivedFrom(fact, after, incarnation));
}

const isNear = (one: Fact, other: Fact | undefined): boolean =>
  other !== undefined && one.at - other.at <= NEAR_MS;

/** The facts that tell an arrival or a departure, in their order. */
function toldBy(texts: Iterable<string>): Fact[] {
  const told = [...byConnection(inOrder(texts)).values()].flatMap(toldIn);
  return told.sort((one, other) => one.at - other.at);
}

/**
 * What the facts of one connection tell, in their order:
 * 1. `J` tells an arrival, unless an `A` did within a minute before. `A` tells one, unless the person is there.
 * 2. `D`, `L`, `X` and `G` tell the departure of a person who is there.
 * 3. `D` and `L` also tell that of a person whose arrival is not known, unless another departure was within a minute before. `X` and
 *    `G` do not: they may end a seat that was never used.
 */
function toldIn(facts: readonly Fact[]): Fact[] {
  const told: Fact[] = [];
  let arrived: Fact | undefined;
  let departed: Fact | undefined;
  for (const fact of facts) {
    const { kind } = fact;
    const isSameArrival = arrived && (kind === 'A' || (arrived.kind === 'A' && isNear(fact, arrived)));
    if (kind in ENDING) {
      const isTold = arrived !== undefined || ('DL'.includes(kind) && !isNear(fact, departed));
      arrived = undefined;
      if (!isTold) continue;
      told.push(fact);
      departed = fact;
    } else if (kind !== 'S') {
      if (!isSameArrival) told.push(fact);
      if (kind === 'J' || !arrived) arrived = fact;
    }
  }
  return told;
}

function derivedFrom(
  { connection, at, kind }: Fact,
  { externalUserId, role }: Attendance,
  incarnation: string,
): Derived {
  const because = ENDING[kind];
  const { epoch, ordinal } = partsOf(connection);
  const place = { epoch, on: sideOf(connection), ...(ordinal !== undefined && { ordinal }) };
  return {
    type: because ? 'participant.left' : 'participant.joined',
    subject: [incarnation, externalUserId],
    at,
    fact: toText({ connection, at, kind }),
    data: { incarnation, externalUserId, ...(role && { role }), ...place, ...(because && { because }) },
  };
}
