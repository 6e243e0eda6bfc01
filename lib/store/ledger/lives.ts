import { QueryCommand, type QueryCommandOutput, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type LifeFact, lifeText } from '../../domain/ledger/life.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { additions, when } from '../conditions.ts';
import { lifeKey, livesPk } from '../keys.ts';
import { nameExpiresAt, outcome, TableName, table } from '../table.ts';

/** What is stored of one life of a name. */
export interface LifeRecord {
  externalMeetingId: string;
  incarnation: string;
  /** When the life began: the creation or reopening of the name (milliseconds since the Unix epoch). */
  openedAt: number;
  facts: ReadonlySet<string>;
  /** How many joins were refused, by code. */
  refusals: Readonly<Record<string, number>>;
}

type Life = Pick<Topology, 'externalMeetingId' | 'incarnation' | 'incarnatedAt'>;

/** The record of a life takes this many facts, about 32 KB. Further ones are not kept, and what they would end is estimated. */
const MOST_FACTS = 2000;
/** The most lives that are listed. */
const MOST_LIVES = 100;
const REFUSED = 'refused#';

/** Add facts to the record of a life. It may be repeated, and the order of such writes does not matter. */
export async function addLifeFacts(life: Life, facts: LifeFact[], now: number): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: lifeKey(life),
    UpdateExpression: 'ADD facts :facts SET expiresAt = :expiresAt',
    ...when('attribute_not_exists(facts) OR size(facts) < :most', {
      values: {
        ':facts': new Set(facts.map(lifeText)),
        ':expiresAt': nameExpiresAt(now),
        ':most': MOST_FACTS,
      },
    }),
  });
  await outcome(table().send(update), 'added', 'conflict');
}

/** Add to the counts of refused joins, by code. A repeated write counts twice: it is an estimate. */
export async function addRefusals(
  life: Life,
  refusals: ReadonlyMap<string, number>,
  now: number,
): Promise<void> {
  const counts = [...refusals].map(([code, many]) => [`${REFUSED}${code}`, many] as const);
  const { add, names, values } = additions(counts);
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: lifeKey(life),
    UpdateExpression: `SET expiresAt = :expiresAt${add}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ':expiresAt': nameExpiresAt(now),
      ...values,
    },
  });
  await table().send(update);
}

/** The known lives of a name, the latest first. */
export async function readLives(externalMeetingId: string): Promise<LifeRecord[]> {
  const query = new QueryCommand({
    TableName: TableName(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': livesPk(externalMeetingId) },
    ScanIndexForward: false,
    ConsistentRead: true,
    Limit: MOST_LIVES,
  });
  const { Items = [] } = await table().send(query);
  return Items.map((item) => recordIn(externalMeetingId, item));
}

/** The incarnations of all lives of a name that are on record. */
export async function readIncarnations(externalMeetingId: string): Promise<string[]> {
  const found: string[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const query: QueryCommand = new QueryCommand({
      TableName: TableName(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': livesPk(externalMeetingId) },
      ConsistentRead: true,
      ...(ExclusiveStartKey && { ExclusiveStartKey }),
    });
    const { Items = [], LastEvaluatedKey }: QueryCommandOutput = await table().send(query);
    found.push(...Items.map((item) => recordIn(externalMeetingId, item).incarnation));
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
}

function recordIn(externalMeetingId: string, item: Record<string, unknown>): LifeRecord {
  const [begun = '', ...rest] = (item.sk as string).split('#');
  const refused = Object.entries(item).filter(([name]) => name.startsWith(REFUSED));
  return {
    externalMeetingId,
    incarnation: rest.join('#'),
    openedAt: Date.parse(begun),
    facts: (item.facts as Set<string> | undefined) ?? new Set(),
    refusals: Object.fromEntries(refused.map(([name, many]) => [name.slice(REFUSED.length), many as number])),
  };
}
