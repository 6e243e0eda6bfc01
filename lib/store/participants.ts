import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Caller } from '../call.ts';
import type { Participant } from '../domain/participant.ts';
import type { Topology } from '../domain/topology.ts';
import { participantKey } from './keys.ts';
import { all, expiresAt, TableName, table, unlessLost } from './table.ts';

/** A person as the table knows them, read consistently; undefined for somebody never seen. */
export async function readParticipant(
  externalMeetingId: string,
  externalUserId: string,
): Promise<Participant | undefined> {
  const Key = participantKey(externalMeetingId, externalUserId);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item as Participant | undefined;
}

/** Whose record, in which life of the name, as it was when read: what a change is conditional on. */
export interface Subject {
  topology: Topology;
  caller: Pick<Caller, 'externalUserId' | 'role'>;
  /** The epoch that their record was last written in; undefined where there is no record. */
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
  clauses: string[];
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
): Promise<'done' | 'lost'> {
  const { topology, caller, knownEpoch } = subject;
  const isNew = knownEpoch !== topology.epoch;
  const knownFirst = 'attribute_not_exists(epoch) OR epoch < :epoch';
  const sets = { epoch: topology.epoch, externalUserId: caller.externalUserId, ...change.set };
  const removes = [...(change.remove ?? []), ...(isNew ? voided(change) : [])];
  const assignments = Object.keys(sets).map((name) => `#${name} = :${name}`);
  const names = Object.fromEntries(Object.keys(sets).map((name) => [`#${name}`, name]));
  const values = Object.fromEntries(Object.entries(sets).map(([name, value]) => [`:${name}`, value]));
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: participantKey(topology.externalMeetingId, caller.externalUserId),
    UpdateExpression: `SET ${assignments.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`,
    ConditionExpression: all(...(isNew ? [knownFirst] : ['epoch = :epoch', ...change.clauses])),
    ExpressionAttributeNames: isNew ? names : { ...names, ...change.names },
    ExpressionAttributeValues: isNew ? values : { ...values, ...change.values },
  });
  return unlessLost(
    table()
      .send(update)
      .then(() => 'done' as const),
    'lost',
  );
}

/** When a record written now may be forgotten. */
export const remembered = (now: number) => ({ expiresAt: expiresAt(now) });

const voided = ({ set }: ParticipantChange) =>
  ['seat', 'place', 'seatKey'].filter((name) => !(name in (set ?? {})));
