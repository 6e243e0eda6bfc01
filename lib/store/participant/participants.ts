import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Caller } from '../../context.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { readAll } from '../batch.ts';
import { participantKey } from '../keys.ts';
import { all, expiresAt, TableName, table, unlessConflict } from '../table.ts';

/** A person as the table knows them, read consistently; undefined for somebody never seen. */
export async function readParticipant(
  externalMeetingId: string,
  externalUserId: string,
): Promise<Participant | undefined> {
  const Key = participantKey(externalMeetingId, externalUserId);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item as Participant | undefined;
}

/** Many people at once, in as few round trips as a hundred at a time take. */
export async function readParticipants(
  externalMeetingId: string,
  externalUserIds: string[],
): Promise<Participant[]> {
  const keys = externalUserIds.map((externalUserId) => participantKey(externalMeetingId, externalUserId));
  return (await readAll(keys, { ConsistentRead: true })) as unknown as Participant[];
}

/** Whose record, in which life of the name, as it was when read: what a change is conditional on. */
export interface Subject {
  topology: Topology;
  caller: Pick<Caller, 'externalUserId' | 'role'>;
  /** The epoch that their record is of (`epochIn`); undefined where there is no record of this life of the name. */
  knownEpoch: number | undefined;
}

/** The same person, once their record is known to be of this epoch. */
export const inThisEpoch = (subject: Subject): Subject => ({
  ...subject,
  knownEpoch: subject.topology.epoch,
});

export interface ParticipantChange {
  set?: Record<string, unknown>;
  remove?: string[];
  /** Asked of a record of this epoch; an older one has neither seat nor place to ask about. */
  clauses: string[];
  /**
   * What holds of a record of this epoch once this very write was done. The SDK repeats a write whose answer was lost: the
   * repetition is then done too, and does not lose against itself.
   */
  own?: string;
  /** Asked of any record. */
  always?: string[];
  alwaysValues?: Record<string, unknown>;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

/**
 * One conditional write on somebody's record of this epoch. The first write of an epoch voids what they held
 * in the one before: seat and place. `lost` changes nothing: the record is not what it was when read.
 */
export async function changeParticipant(
  subject: Subject,
  change: ParticipantChange,
): Promise<'done' | 'conflict'> {
  const done = await write(subject, change);
  if (done === 'done' || change.own === undefined || subject.knownEpoch === subject.topology.epoch)
    return done;
  // The record is of this epoch by now, perhaps by this very write: it is asked as such, and nothing is voided.
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
    ConditionExpression: asked.condition,
    ExpressionAttributeNames: { ...keyed('#', sets, (name) => name), ...asked.names },
    ExpressionAttributeValues: { ...keyed(':', sets, (_, value) => value), ...asked.values },
  });
  return unlessConflict(
    table()
      .send(update)
      .then(() => 'done' as const),
    'conflict',
  );
}

const NEVER_SEEN =
  'attribute_not_exists(incarnatedAt) OR incarnatedAt < :incarnatedAt OR (incarnatedAt = :incarnatedAt AND epoch < :epoch)';
const SAME_EPOCH = 'incarnatedAt = :incarnatedAt AND epoch = :epoch';
const GOOD_FOR_ONE_EPOCH = ['seat', 'place', 'seatKey', 'revoked', 'stageReturn'];

function conditionOf({ topology, knownEpoch }: Subject, change: ParticipantChange) {
  const { set = {}, clauses, own, always = [], names, values, alwaysValues } = change;
  if (knownEpoch === topology.epoch)
    return {
      condition: all(SAME_EPOCH, ...(own ? [`${all(...clauses)} OR (${own})`] : clauses), ...always),
      names,
      values: { ...values, ...alwaysValues },
      voids: [],
    };
  const voids = GOOD_FOR_ONE_EPOCH.filter((name) => !(name in set));
  return { condition: all(NEVER_SEEN, ...always), names: {}, values: alwaysValues, voids };
}

function expressionOf(sets: string[], removes: string[]): string {
  const assignments = sets.map((name) => `#${name} = :${name}`).join(', ');
  return `SET ${assignments}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`;
}

function keyed(prefix: string, members: object, pick: (name: string, value: unknown) => unknown) {
  const entries = Object.entries(members).map(([name, value]) => [`${prefix}${name}`, pick(name, value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Nobody banned them: asked by every write that would let them in. */
export const notBanned = 'attribute_not_exists(bannedAt)';

/** What a record notes of the latest join of a person. */
export interface Session {
  sessionId: string;
  displayName?: string;
}

/** The change that notes a session; a display name of an earlier one does not outlive it. */
export function noting(session: Session | undefined): Required<Pick<ParticipantChange, 'set' | 'remove'>> {
  if (session === undefined) return { set: {}, remove: [] };
  return { set: { ...session }, remove: session.displayName === undefined ? ['displayName'] : [] };
}

/** Asked by a leave that is good for one session only: the person has not joined since. */
export function sessionClause(sessionId: string | undefined) {
  if (sessionId === undefined) return { clauses: [], values: {} };
  return { clauses: ['sessionId = :sessionId'], values: { ':sessionId': sessionId } };
}

/**
 * Note that a person's own request came now: evidence that they are there. One write that can be repeated; it changes nothing of
 * a person without a record.
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

/** Clauses of a record of a person who made no request, and of whom no event came, since it was read. */
export function unseenSince(
  read: Pick<Participant, 'seenAt' | 'presence' | 'stagePresence'>,
  connection: 'presence' | 'stagePresence',
) {
  const { seenAt } = read;
  const presence = read[connection];
  return {
    clauses: [
      seenAt === undefined ? 'attribute_not_exists(seenAt)' : 'seenAt = :seenAt',
      presence === undefined ? `attribute_not_exists(${connection})` : `${connection}.#at = :presenceAt`,
    ],
    names: presence && { '#at': 'at' },
    values: {
      ...(seenAt !== undefined && { ':seenAt': seenAt }),
      ...(presence && { ':presenceAt': presence.at }),
    },
  };
}

/** When a record written now may be forgotten. */
export const remembered = (now: number) => ({ expiresAt: expiresAt(now) });
