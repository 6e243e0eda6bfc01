import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Caller } from '../../context.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import type { LiveTopology, Topology } from '../../domain/meeting/topology.ts';
import { readAll } from '../batch.ts';
import { all, any, type Clause, when } from '../conditions.ts';
import { participantKey } from '../keys.ts';
import { expiresAt, outcome, TableName, table, unlessConflict } from '../table.ts';

/** The record of a person, read consistently; undefined if there is none. */
export async function readParticipant(
  externalMeetingId: string,
  externalUserId: string,
): Promise<Participant | undefined> {
  const Key = participantKey(externalMeetingId, externalUserId);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item as Participant | undefined;
}

/** The records of many people, read consistently, a hundred per round trip. */
export async function readParticipants(
  externalMeetingId: string,
  externalUserIds: string[],
): Promise<Participant[]> {
  const keys = externalUserIds.map((externalUserId) => participantKey(externalMeetingId, externalUserId));
  return (await readAll(keys, { ConsistentRead: true })) as unknown as Participant[];
}

/** The record that a change is conditional on: of which person and topology, and of which epoch it was when read. */
export interface Subject {
  topology: Topology;
  caller: Pick<Caller, 'externalUserId' | 'role'>;
  /** The epoch of the record (`epochIn`); undefined without a record of this incarnation. */
  knownEpoch: number | undefined;
}

/** The same before a topology with an open primary. */
export type LiveSubject = Subject & { topology: LiveTopology };

/** The same person, with a record that is known to be of this epoch. */
export const inThisEpoch = <One extends Subject>(subject: One): One => ({
  ...subject,
  knownEpoch: subject.topology.epoch,
});

export interface ParticipantChange {
  set?: Record<string, unknown>;
  remove?: string[];
  /** Conditions on a record of this epoch; an older one has neither seat nor place that still counts. */
  clauses: Clause[];
  /**
   * A condition that holds once this very write was done. The SDK repeats a write whose response was lost, and the
   * repetition must not conflict with the first attempt.
   */
  own?: Clause;
  /** Conditions on a record of any epoch. */
  always?: Clause[];
}

/**
 * Write conditionally to a person's record in this epoch. The first write of an epoch voids the seat and the place
 * of the one before. A `conflict` changes nothing: the record is not as it was read.
 */
export async function changeParticipant(
  subject: Subject,
  change: ParticipantChange,
): Promise<'done' | 'conflict'> {
  const done = await write(subject, change);
  if (done === 'done' || change.own === undefined || subject.knownEpoch === subject.topology.epoch)
    return done;
  // The record may be of this epoch because of this very write. Retry with the conditions of this epoch; nothing is
  // voided.
  return write(inThisEpoch(subject), change);
}

async function write(subject: Subject, change: ParticipantChange): Promise<'done' | 'conflict'> {
  const { topology, caller } = subject;
  const { incarnatedAt, epoch } = topology;
  const sets = { incarnatedAt, epoch, externalUserId: caller.externalUserId, ...change.set };
  const asked = conditionOf(subject, change);
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: participantKey(topology.externalMeetingId, caller.externalUserId),
    UpdateExpression: expressionOf(Object.keys(sets), [...(change.remove ?? []), ...asked.voids]),
    ...when(asked.condition, {
      names: keyed('#', sets, (name) => name),
      values: keyed(':', sets, (_, value) => value),
    }),
  });
  return outcome(table().send(update), 'done', 'conflict');
}

const NEVER_SEEN =
  'attribute_not_exists(incarnatedAt) OR incarnatedAt < :incarnatedAt OR (incarnatedAt = :incarnatedAt AND epoch < :epoch)';
const SAME_EPOCH = 'incarnatedAt = :incarnatedAt AND epoch = :epoch';
const GOOD_FOR_ONE_EPOCH = ['seat', 'place', 'seatKey', 'revoked', 'stageReturn', 'assignments'];

function conditionOf({ topology, knownEpoch }: Subject, change: ParticipantChange) {
  const { set = {}, clauses, own, always = [] } = change;
  const asRead = own ? [any(all(...clauses), own)] : clauses;
  if (knownEpoch === topology.epoch) return { condition: all(SAME_EPOCH, ...asRead, ...always), voids: [] };
  const voids = GOOD_FOR_ONE_EPOCH.filter((name) => !(name in set));
  return { condition: all(NEVER_SEEN, ...always), voids };
}

function expressionOf(sets: string[], removes: string[]): string {
  const assignments = sets.map((name) => `#${name} = :${name}`).join(', ');
  return `SET ${assignments}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`;
}

function keyed(prefix: string, members: object, pick: (name: string, value: unknown) => unknown) {
  const entries = Object.entries(members).map(([name, value]) => [`${prefix}${name}`, pick(name, value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The condition of every write that admits a person: the person is not banned. */
export const notBanned = 'attribute_not_exists(bannedAt)';

/** The person is in a seat that was not left. */
export const isSeated: Clause = {
  expression: 'attribute_exists(seat) AND attribute_not_exists(seat.#left)',
  names: { '#left': 'left' },
};

/** The request that was to create or to delete the person's attendee in the primary died, or did not finish (`isAbandoned`). */
export const isUnleased = (now: number): Clause => ({
  expression: 'place.#state <> :held AND place.lease.#until <= :now',
  names: { '#state': 'state', '#until': 'until' },
  values: { ':held': 'held', ':now': now },
});

/** What a record stores about the latest join of a person. */
export interface Session {
  sessionId: string;
  displayName?: string;
}

/** The change that stores a session. The display name of an earlier session is removed. */
export function noting(session: Session | undefined): Required<Pick<ParticipantChange, 'set' | 'remove'>> {
  if (session === undefined) return { set: {}, remove: [] };
  return { set: { ...session }, remove: session.displayName === undefined ? ['displayName'] : [] };
}

/** The conditions of a leave that may be limited to one session: the person has not joined since. */
export function inSession(sessionId: string | undefined): Clause[] {
  if (sessionId === undefined) return [];
  return [{ expression: 'sessionId = :sessionId', values: { ':sessionId': sessionId } }];
}

/**
 * Record that the person made a request now, which is evidence of presence. Idempotent. No effect without a record.
 */
export async function noteSeen(
  { externalMeetingId }: Pick<Topology, 'externalMeetingId'>,
  externalUserId: string,
  now: number,
): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: participantKey(externalMeetingId, externalUserId),
    UpdateExpression: 'SET seenAt = :now',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(seenAt) OR seenAt < :now)',
    ExpressionAttributeValues: { ':now': now },
  });
  await unlessConflict(table().send(update), 'conflict');
}

/** The condition that the person made no request, and that no event about them came, since the record was read. */
export function unseenSince(
  read: Pick<Participant, 'seenAt' | 'presence' | 'stagePresence'>,
  connection: 'presence' | 'stagePresence',
): Clause {
  const { seenAt } = read;
  const presence = read[connection];
  const noRequest =
    seenAt === undefined
      ? 'attribute_not_exists(seenAt)'
      : { expression: 'seenAt = :seenAt', values: { ':seenAt': seenAt } };
  if (presence === undefined) return all(noRequest, `attribute_not_exists(${connection})`);
  return all(noRequest, {
    expression: `${connection}.#at = :presenceAt`,
    names: { '#at': 'at' },
    values: { ':presenceAt': presence.at },
  });
}

/** When a record written now expires. */
export const remembered = (now: number) => ({ expiresAt: expiresAt(now) });
