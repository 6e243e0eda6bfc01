import * as z from 'zod/mini';
import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { type Deps, endpoint } from '../../lib/http.ts';
import { readSettings } from '../../lib/settings.ts';
import { context, event, joinMeeting, stillWorld } from './support.ts';

/** One Lambda instance, whose clock a test moves. */
function anInstance(environment: Record<string, string> = {}, operation: Operation = joinMeeting) {
  let at = 1000;
  const settings = readSettings({ LOG_LEVEL: 'silent', ...environment });
  const deps: Deps = { ...stillWorld(), now: () => at, settings: () => settings };
  const handler = endpoint(operation, async () => ({ status: 200, body: {} }), deps);
  const ask = async (sub: string) => handler(event({ claims: { sub } }), context);
  return {
    pass: (ms: number) => {
      at += ms;
    },
    ask,
    askOften: async (sub: string, times: number) => {
      const replies = [];
      for (let k = 0; k < times; k++) replies.push(await ask(sub));
      return replies.filter(({ statusCode }) => statusCode === 200).length;
    },
  };
}

describe('a caller who floods a route', () => {
  it('gets ten requests a second through, and then 429 with a time to retry after', async () => {
    const instance = anInstance();
    expect(await instance.askOften('eve', 200)).toBe(50);
    const { statusCode, headers, body = '' } = await instance.ask('eve');
    expect([statusCode, headers['retry-after'], JSON.parse(body).code]).toEqual([
      ...[429, '1', 'TOO_MANY_REQUESTS'],
    ]);
    instance.pass(1000);
    expect(await instance.askOften('eve', 200)).toBe(10);
  });

  it('does not slow down other callers', async () => {
    const instance = anInstance();
    await instance.askOften('eve', 200);
    expect(await instance.askOften('ada', 5)).toBe(5);
  });

  it('is accepted again after a pause', async () => {
    const instance = anInstance();
    await instance.askOften('eve', 200);
    instance.pass(60_000);
    expect(await instance.askOften('eve', 200)).toBe(50);
  });

  it('may report client events once a second, after a few at once', async () => {
    const instance = anInstance({}, { ...operations.reportClientEvents, body: z.unknown() as never });
    expect(await instance.askOften('eve', 200)).toBe(5);
    instance.pass(1000);
    expect(await instance.askOften('eve', 200)).toBe(1);
  });

  it('is not limited where a deployment sets no rate limit', async () => {
    expect(await anInstance({ REQUESTS_PER_PERSON: '0' }).askOften('eve', 200)).toBe(200);
  });
});
