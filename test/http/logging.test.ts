import type { Call } from '../../lib/call.ts';
import { note, redact } from '../../lib/log.ts';
import { Refusal } from '../../lib/refusals.ts';
import { event, joinMeeting, send, stillWorld } from './support.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

async function logged(flow: (request: unknown, call: Call) => Promise<never>, env = {}) {
  const outside = stillWorld(env);
  await send(joinMeeting, event({ headers: { authorization: `Bearer ${JWT}` } }), { flow, outside });
  return outside.lines;
}
const throwing = (error: unknown) => async () => {
  throw error;
};

describe('the line of a request', () => {
  it('says what was asked, what came of it, and what the flow noted', async () => {
    const outside = stillWorld();
    const flow = async (_: unknown, call: Call) => {
      note(call, { ordinal: 2 });
      note(call, { reason: 'own-region' });
      return { status: 200, body: {} };
    };
    await send(joinMeeting, event(), { flow, outside });
    expect(outside.lines).toEqual([
      {
        level: 'info',
        requestId: 'request-1',
        route: 'POST /meetings/{externalMeetingId}/join',
        externalMeetingId: 'hall',
        status: 200,
        durationMs: 0,
        ordinal: 2,
        reason: 'own-region',
      },
    ]);
  });

  it('carries the code of a refusal, and no error', async () => {
    const [line] = await logged(throwing(new Refusal('MEETING_FULL')));
    expect(line).toMatchObject({ level: 'info', status: 409, code: 'MEETING_FULL' });
    expect(line).not.toHaveProperty('error');
  });

  it('carries a bug with its stack and its causes, which the caller never sees', async () => {
    const [line] = await logged(throwing(new TypeError('no seats', { cause: new Error('deeper') })));
    expect(line).toMatchObject({
      level: 'error',
      status: 500,
      code: 'INTERNAL',
      error: { name: 'TypeError', message: 'no seats', cause: { message: 'deeper' } },
    });
    expect(line).toHaveProperty('error.stack', expect.stringContaining('logging.test'));
  });

  it('is not written where the deployment wants less', async () => {
    expect(await logged(throwing(new Refusal('BANNED')), { LOG_LEVEL: 'error' })).toHaveLength(0);
    expect(await logged(throwing(new Error('bug')), { LOG_LEVEL: 'error' })).toHaveLength(1);
    expect(await logged(throwing(new Error('bug')), { LOG_LEVEL: 'silent' })).toHaveLength(0);
  });

  it('never holds a token, wherever one stands', async () => {
    const flow = async (_: unknown, call: Call) => {
      note(call, { Attendee: { AttendeeId: 'a', JoinToken: 'SECRET' }, list: [{ authorization: 'SECRET' }] });
      throw new Error(`refused Bearer SECRET and ${JWT}`);
    };
    const text = JSON.stringify(await logged(flow));
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain(JWT);
    expect(text).toContain('"AttendeeId":"a"');
  });
});

describe('striking secrets out', () => {
  it.each([
    'JoinToken',
    'token',
    'Authorization',
    'cookie',
    'clientSecret',
    'Credentials',
    'SigningSignature',
  ])('strikes out %s by its name', (name) =>
    expect(redact({ [name]: 'x', kept: 1 })).toEqual({ [name]: '[redacted]', kept: 1 }),
  );

  it('ends in a circle, and writes what JSON cannot', () => {
    const circle: Record<string, unknown> = { big: 1n };
    circle.self = circle;
    expect(() => JSON.stringify(redact(circle))).not.toThrow();
  });
});
