import { LOCAL_TABLE } from '../../local/environment.ts';
import { discardAll, npmStart, type StartedStack } from '../../local/npm-start.ts';
import type { StackUrls } from '../../local/stack-file.ts';
import { attack, written } from '../support/hostile-client.ts';

let stack: StartedStack;
beforeAll(async () => {
  stack = await npmStart({ webhookUrls: 'http://127.0.0.1:9/' });
});
afterAll(discardAll);

const json = { 'content-type': 'application/json' };
const signed = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=b',
};
const key = { pk: { S: 'A' }, sk: { S: 'b' } };
const dynamodb = (operation: string, body: unknown) =>
  written('POST', '/', { ...signed, 'x-amz-target': `DynamoDB_20120810.${operation}` }, JSON.stringify(body));
const sqs = (operation: string, body: unknown) =>
  written('POST', '/', { ...signed, 'x-amz-target': `AmazonSQS.${operation}` }, JSON.stringify(body));

/** What honest clients of each server send, and where to ask whether it still answers. */
const SERVERS: Record<keyof StackUrls, { honest: string[]; health: string; status?: number }> = {
  api: {
    health: '/health',
    honest: [
      written('GET', '/health'),
      written(
        'POST',
        '/meetings/hall/join',
        { ...json, authorization: 'Bearer a.b.c' },
        '{"mediaRegion":"eu-west-1"}',
      ),
      written('OPTIONS', '/meetings/hall/join', {
        origin: 'http://localhost',
        'access-control-request-method': 'POST',
      }),
    ],
  },
  web: {
    health: '/',
    honest: [
      written('GET', '/'),
      written('GET', '/map.html'),
      written('GET', '/load-generator/state?externalMeetingId=hall'),
      written('POST', '/load-generator/audience', json, '{"externalMeetingId":"hall","viewers":0}'),
    ],
  },
  chime: {
    health: '/_emulator/meetings',
    honest: [
      written('GET', '/_emulator/events'),
      written(
        'POST',
        '/meetings',
        { ...json, ...signed },
        '{"ClientRequestToken":"t","MediaRegion":"us-east-1","ExternalMeetingId":"m"}',
      ),
      written('POST', '/_emulator/options', json, '{"burst":20}'),
      written('POST', '/v1/client-events', json, '{"events":[]}'),
    ],
  },
  dynamodb: {
    health: '/',
    honest: [
      dynamodb('GetItem', { TableName: LOCAL_TABLE, Key: key }),
      dynamodb('GetItem', null),
      dynamodb('Scan', { TableName: LOCAL_TABLE, ExclusiveStartKey: { L: null } }),
      dynamodb('BatchWriteItem', {
        RequestItems: { [LOCAL_TABLE]: [{ PutRequest: { Item: { pk: { M: { a: null } } } } }] },
      }),
    ],
  },
  issuer: {
    health: '/.well-known/openid-configuration',
    honest: [
      written('GET', '/token?sub=ada&role=host'),
      written('POST', '/token', json, '{"sub":"ada","role":"host"}'),
      written('GET', '/.well-known/jwks.json'),
    ],
  },
  sqs: {
    health: '/',
    status: 400,
    honest: [
      sqs('GetQueueUrl', { QueueName: 'balcony-local-webhooks' }),
      sqs('SendMessageBatch', null),
      sqs('SendMessageBatch', { Entries: [{ Id: '1', MessageBody: '{}' }] }),
      sqs('ChangeMessageVisibility', { ReceiptHandle: 'none', VisibilityTimeout: 1 }),
    ],
  },
};

/** What Node or Serverless said about an error that nothing caught. */
const uncaughtIn = (output: string) => /(uncaught|unhandled)[\s\S]{0,800}/i.exec(output)?.[0] ?? '';

describe('a client that sends random bytes and resets its connection at any moment', () => {
  it.each(Object.entries(SERVERS) as [keyof StackUrls, (typeof SERVERS)['api']][])(
    'does not end npm start through its %s server',
    async (name, { honest, health, status = 200 }) => {
      const url = stack.urls[name] ?? '';
      await attack(Number(new URL(url).port), { seed: 1, attacks: 400, honest });
      expect(uncaughtIn(stack.output())).toBe('');
      expect((await fetch(url + health)).status).toBe(status);
    },
  );

  it('leaves a stack that still seats viewers', async () => {
    const token = await (await fetch(`${stack.urls.issuer}/token?sub=ada&role=host`)).text();
    const headers = { authorization: `Bearer ${token}` };
    const joined = await fetch(`${stack.urls.api}/meetings/hall/join`, { method: 'POST', headers });
    expect(joined.status).toBe(200);
  });
});
