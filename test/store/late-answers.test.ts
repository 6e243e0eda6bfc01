import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getMeeting } from '../../lib/chime/meetings.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { until } from '../../local/until.ts';

/** A service that accepts every connection and answers no request. Each attempt opens a connection. */
let silent: Server;
let asked = 0;

beforeAll(async () => {
  silent = createServer().on('connection', () => void asked++);
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS: url,
    ATTEMPT_TIMEOUT_MS: '100',
  });
});
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  silent.closeAllConnections();
  await new Promise((closed) => silent.close(closed));
});

describe('a service that does not answer', () => {
  it('times out: a DynamoDB request is retried, and then fails', async () => {
    await expect(readParticipant('hall', 'ada')).rejects.toMatchObject({ name: 'TimeoutError' });
    await until(() => asked === 3);
  });

  it('times out: a Chime call is retried, and then is indeterminate', async () => {
    expect(await getMeeting(async () => 'permitted', 'a-meeting')).toBe('indeterminate');
    await until(() => asked === 3);
  });
});
