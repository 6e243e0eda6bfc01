import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { StreamRecord } from '../../lib/domain/webhooks/image.ts';
import { startDatabase } from '../../local/database/in-process.ts';
import { createTable } from '../../local/database/table.ts';
import { LOCAL_CREDENTIALS, LOCAL_REGION, LOCAL_TABLE } from '../../local/environment.ts';
import { until } from '../../local/until.ts';
import { startChangeStream } from '../../local/webhooks/change-stream.ts';
import { startStreamFeed } from '../../local/webhooks/stream-feed.ts';
import { readService } from '../support/service.ts';

describe('the stream before a DynamoDB without one', () => {
  const open: { close: () => Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  async function tableWithStream() {
    const records: Required<StreamRecord>[] = [];
    const database = await startDatabase(0);
    const stream = await startChangeStream(database.url, (record) => records.push(record));
    await createTable(stream.url, LOCAL_TABLE);
    const client = new DynamoDBClient({
      endpoint: stream.url,
      region: LOCAL_REGION,
      credentials: LOCAL_CREDENTIALS,
    });
    open.push(stream, database, { close: async () => client.destroy() });
    return { client, records };
  }

  const add = (pk: string, value: string, condition?: string) =>
    new UpdateItemCommand({
      TableName: LOCAL_TABLE,
      Key: { pk: { S: pk }, sk: { S: 'TOPOLOGY' } },
      UpdateExpression: 'ADD facts :value',
      ExpressionAttributeValues: { ':value': { SS: [value] } },
      ...(condition && { ConditionExpression: condition }),
    });

  it('tells each of a hundred concurrent writes to one item, each with the state that the one before left', async () => {
    const { client, records } = await tableWithStream();
    await Promise.all(Array.from({ length: 100 }, (_, n) => client.send(add('MEETING#a', `f${n}`))));
    expect(records).toHaveLength(100);
    for (const [n, { dynamodb }] of records.entries())
      expect(dynamodb.OldImage?.facts).toEqual(records[n - 1]?.dynamodb.NewImage?.facts);
    const numbers = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber ?? 0));
    expect([...numbers].sort((a, b) => Number(a - b))).toEqual(numbers);
  });

  it('tells nothing of a write whose condition failed, that changed nothing, or of another item', async () => {
    const { client, records } = await tableWithStream();
    await client.send(add('MEETING#a', 'f1'));
    await client.send(add('MEETING#a', 'f1'));
    await client.send(add('MEETING#a', 'f2', 'attribute_not_exists(pk)')).catch(() => {});
    const Item = { pk: { S: 'QUOTA#us-east-1' }, sk: { S: 'some' } };
    await client.send(new PutItemCommand({ TableName: LOCAL_TABLE, Item }));
    expect(records.map(({ eventName }) => eventName)).toEqual(['INSERT']);
  });

  it('watches the items of the deployed filter', () => {
    const { stream } = readService().functions.publishEvents?.events[0] ?? {};
    expect(stream?.filterPatterns).toEqual([
      {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: {
          Keys: { pk: { S: ['MEETING#', 'PARTICIPANTS#', 'ATTENDANCE#'].map((prefix) => ({ prefix })) } },
        },
      },
    ]);
  });
});

describe('the function behind the stream', () => {
  it('gets the same batch until it succeeds, then the changes that came meanwhile, and never a deletion', async () => {
    const batches: string[][] = [];
    const record = (n: number, eventName: 'MODIFY' | 'REMOVE' = 'MODIFY'): StreamRecord => ({
      eventName,
      dynamodb: { SequenceNumber: String(n) },
    });
    const feed = startStreamFeed({
      invoke: async ({ Records }) => {
        batches.push(Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? ''));
        if (batches.length === 1) feed.push(record(3));
        if (batches.length < 3) throw new Error('SQS is down');
      },
      windowMs: 1,
      retryAfterMs: 1,
    });
    for (const each of [record(1), record(2), record(9, 'REMOVE')]) feed.push(each);
    await until(() => batches.length === 4);
    feed.close();
    expect(batches).toEqual([['1', '2'], ['1', '2'], ['1', '2'], ['3']]);
  });
});
