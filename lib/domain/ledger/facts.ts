/**
 * What a fact of the ledger says. Chime's events: `J` joined, `A` authorized, `D` dropped, `L` left, `X` attendee deleted. The
 * service itself: `S` it assigned the seat or the place on stage, `G` the person left, or was removed or demoted.
 */
export type FactKind = 'S' | 'A' | 'J' | 'G' | 'D' | 'L' | 'X';

/**
 * What a connection leads to: the primary of an epoch (`s<epoch>`) or one of its replicas (`a<epoch>.<ordinal>`). Two attendees of
 * one person in the same meeting, one after the other, share it.
 */
export type Connection = `s${number}` | `a${number}.${number}`;

/** Something that happened to a person's connection. `at`: milliseconds since the Unix epoch. */
export interface Fact {
  connection: Connection;
  at: number;
  kind: FactKind;
}

/** Facts of one instant in the order in which they count: a connection is made before it ends. */
const ORDER: readonly FactKind[] = ['S', 'A', 'J', 'G', 'D', 'L', 'X'];

/** The kind of fact that each event of Chime becomes. Other events become none. */
const SAYS: Record<string, FactKind> = {
  'chime:AttendeeJoined': 'J',
  'chime:AttendeeAuthorized': 'A',
  'chime:AttendeeDropped': 'D',
  'chime:AttendeeLeft': 'L',
  'chime:AttendeeDeleted': 'X',
};

/** The kind of fact that an event reports; undefined for an event that reports none. */
export const factKindOf = (eventType: string): FactKind | undefined => SAYS[eventType];

export const onStage = (epoch: number): Connection => `s${epoch}`;
export const inAudience = (epoch: number, ordinal: number): Connection => `a${epoch}.${ordinal}`;

/** Whether the connection leads to the stage or to the audience. */
export const sideOf = (connection: Connection): 'stage' | 'audience' =>
  connection.startsWith('s') ? 'stage' : 'audience';

/** The epoch of a connection, and the ordinal of its replica. */
export function partsOf(connection: Connection): { epoch: number; ordinal: number | undefined } {
  const [epoch, ordinal] = connection.slice(1).split('.');
  return { epoch: Number(epoch), ordinal: ordinal === undefined ? undefined : Number(ordinal) };
}

/** An instant (milliseconds since the Unix epoch) in few characters. */
export const toInstant = (at: number): string => Math.round(at).toString(36);
export const fromInstant = (text: string): number => Number.parseInt(text, 36);

/** A fact as a member of a string set: `a1.0|m3k2x9q1|J`. The same fact gives the same text. */
export const toText = ({ connection, at, kind }: Fact): string => `${connection}|${toInstant(at)}|${kind}`;

const WRITTEN = /^(s\d+|a\d+\.\d+)\|([0-9a-z]+)\|([SAJGDLX])$/;

/** The fact of such a text; undefined for any other text, which a later version of the service may have written. */
export function fromText(text: string): Fact | undefined {
  const [, connection, at, kind] = WRITTEN.exec(text) ?? [];
  if (!connection || !at) return undefined;
  return { connection: connection as Connection, at: fromInstant(at), kind: kind as FactKind };
}

/** The facts of a set, each once, in the order in which they count. */
export function inOrder(texts: Iterable<string>): Fact[] {
  const facts = [...new Set(texts)].flatMap((text) => fromText(text) ?? []);
  return facts.sort((one, other) => one.at - other.at || ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
}

/** The facts of each connection, in their order. */
export function byConnection(facts: readonly Fact[]): Map<Connection, Fact[]> {
  const found = new Map<Connection, Fact[]>();
  for (const fact of facts) {
    const those = found.get(fact.connection);
    if (those) those.push(fact);
    else found.set(fact.connection, [fact]);
  }
  return found;
}
