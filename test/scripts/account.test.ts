import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAccount } from '../../scripts/preflight/account.ts';
import { needsOf } from '../../scripts/preflight/needs.ts';

/** Service Quotas as the SDK speaks to it: JSON, with the operation in a header; two quotas of Lambda, on two pages. */
const answers: Record<string, (body: { NextToken?: string }) => object> = {
  ListServices: () => ({
    Services: [
      { ServiceCode: 'lambda', ServiceName: 'AWS Lambda' },
      { ServiceCode: 's3', ServiceName: 'Amazon Simple Storage Service' },
    ],
  }),
  ListServiceQuotas: ({ NextToken }) =>
    NextToken
      ? { Quotas: [{ QuotaCode: 'L-B99A9384', QuotaName: 'Concurrent executions', Value: 3000 }] }
      : {
          Quotas: [{ QuotaCode: 'L-X', QuotaName: 'Function and layer storage', Value: 75 }],
          NextToken: 'more',
        },
  ListAWSDefaultServiceQuotas: () => ({
    Quotas: [{ QuotaCode: 'L-B99A9384', QuotaName: 'Concurrent executions', Value: 1000 }],
  }),
};

const audience = { withinSeconds: 60, isHighDefinition: false, isAnnounced: true };
const needs = needsOf({ viewers: { 'eu-central-1': 10_000 }, ...audience }).needs;
const kept = { ...process.env };
let server: Server;
let asked: string[];

beforeEach(async () => {
  asked = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const operation = String(request.headers['x-amz-target']).split('.')[1] as string;
    asked.push(operation);
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify(answers[operation]?.(JSON.parse(text)) ?? {}));
  };
  server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy()); // the client gave up
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
    AWS_ENDPOINT_URL_SERVICE_QUOTAS: `http://127.0.0.1:${port}`,
  });
});
afterEach(async () => {
  process.env = { ...kept };
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

describe('the quotas of an account', () => {
  it('are read page by page, and the account’s own values override the defaults', async () => {
    const account = await readAccount(needs, 'us-east-1');
    expect('values' in account && account.values.get('Lambda instances at once')).toBe(3000);
    expect(new Set(asked)).toEqual(new Set(Object.keys(answers)));
  });

  it('are reported as unknown without a response, and none is guessed', async () => {
    answers.ListServices = () => {
      server.closeAllConnections();
      return {};
    };
    expect(await readAccount(needs, 'us-east-1')).toEqual({ unread: expect.any(String) });
  });
});
