import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Role } from '../../context.ts';
import type { Position } from '../../domain/access/cursor.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { compact, MOST_FACTS, pastFrom, pastText } from '../../domain/ledger/compaction.ts';
import { type Connection, type Fact, toText } from '../../domain/ledger/facts.ts';
import type { PastInterval } from '../../domain/ledger/intervals.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { all, any, type Clause, when } from '../conditions.ts';
import { attendanceKey, attendancePk, SHARDS } from '../keys.ts';
import { expiresAt, outcome, TableName, table } from '../table.ts';

/** One life of a name. */
export type LifeName = Pick<Topology, 'externalMeetingId' | 'incarnation'>;

/** A person in one life of a name. */
export interface Attendance {
  externalUserId: string;
  role: Role;
  facts: ReadonlySet<string>;
  past: PastInterval[];
  /** The media region of each connection. */
  regions: ReadonlyMap<Connection, MediaRegion>;
}

/** What one write adds to a person: facts of one connection, the latest last, and its media region. */
export interface Told {
  externalUserId: string;
  role: Role;
  facts: readonly [...Fact[], Fact];
  mediaRegion: MediaRegion | undefined;
}

type Key = ReturnType<typeof attendanceKey>;

/** A full record is compacted before facts are added. Another request may be faster, or fill it again. */
const ATTEMPTS = 4;

/**
 * Add facts to a person's attendance, in one write. It may be repeated, and the order of such writes does not matter. A fact that is not
 * later than the record's last compaction is not added, because the intervals of that time are closed; nor is one that is not later than
 * its erasure.
 */
export async function addFacts(life: LifeName, told: Told, now: number): Promise<void> {
  const Key = attendanceKey(life, told.externalUserId);
  let { facts }: { facts: readonly Fact[] } = told;
  for (let attempt = 1; attempt <= ATTEMPTS && hasSome(facts); attempt++) {
    if ((await add(Key, { ...told, facts }, now)) === 'added') return;
    const item = await read(Key);
    if ((item?.compactedUntil ?? 0) >= latestOf({ facts })) return;
    facts = facts.filter(({ at }) => at > (item?.erasedUntil ?? 0));
    if (item && (item.facts?.size ?? 0) >= MOST_FACTS) await compactRecord(Key, item);
  }
}

const hasSome = (facts: readonly Fact[]): facts is Told['facts'] => facts.length > 0;
const latestOf = ({ facts }: Pick<Told, 'facts'>) => (facts.at(-1) as Fact).at;

async function add(Key: Key, told: Told, now: number): Promise<'added' | 'conflict'> {
  const { externalUserId, role, facts, mediaRegion } = told;
  const hasRoom: Clause = {
    expression: 'attribute_not_exists(facts) OR size(facts) < :most',
    values: { ':most': MOST_FACTS },
  };
  const isLater: Clause = {
    expression: 'attribute_not_exists(compactedUntil) OR compactedUntil < :at',
    values: { ':at': latestOf(told) },
  };
  const isNotErased: Clause = {
    expression: 'attribute_not_exists(erasedUntil) OR erasedUntil < :first',
    values: { ':first': Math.min(...facts.map(({ at }) => at)) },
  };
  const regions = mediaRegion && new Set([`${(facts.at(-1) as Fact).connection}=${mediaRegion}`]);
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: `ADD facts :facts${regions ? ', regions :regions' : ''} SET externalUserId = :who, #role = :role, expiresAt = :expiresAt`,
    ...when(all(hasRoom, isLater, isNotErased), {
      names: { '#role': 'role' },
      values: {
        ':facts': new Set(facts.map(toText)),
        ':who': externalUserId,
        ':role': role,
        ':expiresAt': expiresAt(now),
        ...(regions && { ':regions': regions }),
      },
    }),
  });
  return outcome(table().send(update), 'added', 'conflict');
}

interface Item {
  externalUserId: string;
  role: Role;
  erasedUntil?: number;
  facts?: Set<string>;
  past?: string;
  regions?: Set<string>;
  compactedUntil?: number;
}

async function read(Key: Key): Promise<Item | undefined> {
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item as Item | undefined;
}

/**
 * Replace older facts by their intervals, unless another request did since the record was read, or erased it. Facts that came
 * meanwhile stay.
 */
async function compactRecord(Key: Key, item: Item): Promise<void> {
  const { past, removed, until } = compact({ facts: item.facts ?? [], past: pastFrom(item.past) });
  const asRead: Clause =
    item.compactedUntil === undefined
      ? 'attribute_not_exists(compactedUntil)'
      : { expression: 'compactedUntil = :read', values: { ':read': item.compactedUntil } };
  const isOurs = 'compactedUntil = :until AND past = :past'; // the SDK may have repeated the write
  const isThere = 'attribute_exists(externalUserId)';
  const isNotErased: Clause =
    item.erasedUntil === undefined
      ? 'attribute_not_exists(erasedUntil)'
      : { expression: 'erasedUntil = :erased', values: { ':erased': item.erasedUntil } };
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: 'SET past = :past, compactedUntil = :until DELETE facts :removed',
    ...when(all(isThere, isNotErased, any(asRead, isOurs)), {
      values: { ':past': pastText(past), ':until': until, ':removed': new Set(removed) },
    }),
  });
  await outcome(table().send(update), 'compacted', 'conflict');
}

export interface AttendancePage {
  people: Attendance[];
  /** Absent on the last page. */
  next?: Position;
}

/** A page of the attendance of one life, in the order of the keys, shard by shard. A page does not shift while others join. */
export async function readAttendance(life: LifeName, from: Position, limit: number): Promise<AttendancePage> {
  const people: Attendance[] = [];
  let position: Position | undefined = from;
  while (position && people.length < limit) {
    const page: AttendancePage = await readShard(life, position, limit - people.length);
    people.push(...page.people);
    position = page.next;
  }
  return { people, ...(position && { next: position }) };
}

/** All people of one shard, up to the size of one response of DynamoDB, or up to a limit. */
export async function readShard(
  life: LifeName,
  { shard, after }: Position,
  limit?: number,
): Promise<AttendancePage> {
  const pk = attendancePk(life, shard);
  const query = new QueryCommand({
    TableName: TableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ...(limit !== undefined && { Limit: limit }),
    ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
  });
  const { Items = [], LastEvaluatedKey } = await table().send(query);
  const following = shard + 1 < SHARDS ? { shard: shard + 1 } : undefined;
  const next = LastEvaluatedKey ? { shard, after: LastEvaluatedKey.sk as string } : following;
  const people = (Items as Item[]).filter(({ externalUserId }) => externalUserId !== undefined);
  return { people: people.map(attendanceIn), ...(next && { next }) };
}

function attendanceIn({ externalUserId, role, facts, past, regions }: Item): Attendance {
  const pairs = [...(regions ?? [])].map((text) => text.split('=') as [Connection, MediaRegion]);
  return {
    externalUserId,
    role,
    facts: facts ?? new Set(),
    past: pastFrom(past),
    regions: new Map(pairs),
  };
}
