import { type Fact, inOrder, partsOf, sideOf, toText } from '../ledger/facts.ts';
import type { Derived } from './event.ts';

/** A person's attendance in one incarnation. */
export interface Attendance {
  externalUserId: string;
  role?: string;
  facts: ReadonlySet<string>;
}

/** The attendance in an item of a stream record. Undefined where the item is none. */
export function attendanceIn(item: Record<string, unknown> | undefined): Attendance | undefined {
  if (typeof item?.externalUserId !== 'string') return undefined;
  const { externalUserId, role, facts } = item;
  return {
    externalUserId,
    ...(typeof role === 'string' && { role }),
    facts: facts instanceof Set ? facts : new Set(),
  };
}

/** Facts that begin a connection: joined, and authorized, which comes a moment before. */
const OPENING = 'JA';
/** Facts that end one, and how. */
const ENDING: Record<string, string> = { D: 'dropped', L: 'left', X: 'deleted', G: 'requested' };
/** The facts of one arrival lie within this time of each other, and so do those of one departure (milliseconds). */
const NEAR_MS = 60_000;

/**
 * The events in a change of a person's attendance. A person joined with the first fact that begins a connection, and left with
 * the first that ends it. Further facts about the same arrival or departure are no events.
 */
export function attendanceEvents(
  before: Attendance | undefined,
  after: Attendance,
  incarnation: string,
): Derived[] {
  const known = inOrder(before?.facts ?? []);
  const added = [...after.facts].filter((text) => !before?.facts.has(text));
  const events: Derived[] = [];
  for (const fact of inOrder(added)) {
    const event = eventIn(fact, known, { after, incarnation });
    if (event) events.push(event);
    known.push(fact);
  }
  return events;
}

function eventIn(
  fact: Fact,
  known: readonly Fact[],
  { after, incarnation }: { after: Attendance; incarnation: string },
): Derived | undefined {
  const { connection, at, kind } = fact;
  const { externalUserId, role } = after;
  const because = ENDING[kind];
  const opens = OPENING.includes(kind);
  if (!opens && because === undefined) return undefined;
  if (isTold(fact, known) || (kind === 'G' && !hasArrived(fact, known))) return undefined;
  const { epoch, ordinal } = partsOf(connection);
  const place = { epoch, on: sideOf(connection), ...(ordinal !== undefined && { ordinal }) };
  return {
    type: opens ? 'participant.joined' : 'participant.left',
    subject: [incarnation, externalUserId],
    at,
    fact: toText(fact),
    data: { incarnation, externalUserId, ...(role && { role }), ...place, ...(because && { because }) },
  };
}

/** Whether a connection is known to have begun. Without that, a request to leave ends only a seat that was never used. */
const hasArrived = ({ connection, at }: Fact, known: readonly Fact[]): boolean =>
  known.some((other) => other.connection === connection && OPENING.includes(other.kind) && other.at <= at);

/** Whether another fact has told the same arrival or departure: one of the same sense, near, with none of the other sense between. */
function isTold({ connection, at, kind }: Fact, known: readonly Fact[]): boolean {
  const opens = OPENING.includes(kind);
  const ofConnection = known.filter((other) => other.connection === connection && isTelling(other, known));
  return ofConnection.some((other) => {
    const apart = Math.abs(other.at - at);
    if (OPENING.includes(other.kind) !== opens) return false;
    if (opens && apart > NEAR_MS) return false;
    const [from, to] = [Math.min(at, other.at), Math.max(at, other.at)];
    return !ofConnection.some(
      (between) => OPENING.includes(between.kind) !== opens && between.at >= from && between.at <= to,
    );
  });
}

const isTelling = (fact: Fact, known: readonly Fact[]) =>
  OPENING.includes(fact.kind) || (fact.kind === 'G' ? hasArrived(fact, known) : fact.kind in ENDING);
