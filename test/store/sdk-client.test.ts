import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { HttpResponse } from '@smithy/core/protocols';
import { lighten } from '../../lib/sdk-client.ts';

const GET = { TableName: 'balcony', Key: { pk: { S: 'a' }, sk: { S: 'b' } } };
const KEYS = ['FIRSTKEY', 'SECONDKEY', 'THIRDKEY'];
/** Credentials that are over are asked for again. */
const expiration = new Date(0);

function clientWith(accessKeyId: () => string, sent: Record<string, string>[]) {
  const credentials = async () => ({ accessKeyId: accessKeyId(), secretAccessKey: 'secret', expiration });
  const handle = async ({ headers }: { headers: Record<string, string> }) => {
    sent.push(headers);
    const body = new TextEncoder().encode('{}');
    return { response: new HttpResponse({ statusCode: 200, headers: {}, body }) };
  };
  return new DynamoDBClient({ region: 'us-east-1', credentials, requestHandler: { handle } });
}

describe('an SDK client that is made lighter', () => {
  it('signs each request with the credentials of that moment, though it constructs one signer', async () => {
    const sent: Record<string, string>[] = [];
    let key = '';
    const client = lighten(clientWith(() => key, sent));
    for (key of KEYS) await client.send(new GetItemCommand(GET));
    expect(sent.map(({ authorization }) => /Credential=(\w+)\//.exec(authorization ?? '')?.[1])).toEqual(
      KEYS,
    );
    const signer = client.config.signer as unknown as (scheme: object) => Promise<unknown>;
    expect(await signer({})).toBe(await signer({}));
  });
});
