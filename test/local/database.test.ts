import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database/in-process.ts';
import { createTable } from '../../local/database/table.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

describe('the local database', () => {
  it('can be closed while requests are in progress, which then fail and disturb no later test', async () => {
    const database = await startDatabase(0);
    await createTable(database.url, 'table');
    const client = new DynamoDBClient({
      endpoint: database.url,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
    const update = (n: number) =>
      client.send(
        new UpdateItemCommand({
          TableName: 'table',
          Key: { pk: { S: 'key' }, sk: { S: 'same' } },
          UpdateExpression: 'SET n = :n',
          ExpressionAttributeValues: { ':n': { N: String(n) } },
        }),
      );
    const updates = Array.from({ length: 40 }, (_, n) => update(n));
    await Promise.race(updates);
    await database.close();
    await Promise.allSettled(updates);
    client.destroy();
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(await fetch(database.url).catch(() => 'closed')).toBe('closed');
  });
});
