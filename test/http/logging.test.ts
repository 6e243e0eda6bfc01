import type { RequestContext } from '../../lib/context.ts';
import { note, redact } from '../../lib/log.ts';
import { Refusal } from '../../lib/refusals.ts';
import { event, joinMeeting, send, stillWorld } from './support.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

async function logged(flow: (request: unknown, context: RequestContext) => Promise<never>, env = {}) {
  const deps = stillWorld(env);
  await send(joinMeeting, event({ headers: { authorization: `Bearer ${JWT}` } }), { flow, deps });
  return deps.lines;
}
const throwing = (error: unknown) => async () => {
  throw error;
};

describe('the line of a request', () => {
  it('has the request, its outcome, and the notes of the flow', async () => {
    const deps = stillWorld();
    const flow = async (_: unknown, context: RequestContext) => {
      note(context, { ordinal: 2 });
      note(context, { reason: 'own-region' });
      return { status: 200, body: {} };
    };
    await send(joinMeeting, event(), { flow, deps });
    expect(deps.lines).toEqual([
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

  it('is not written if the log level excludes it', async () => {
    expect(await logged(throwing(new Refusal('BANNED')), { LOG_LEVEL: 'error' })).toHaveLength(0);
    expect(await logged(throwing(new Error('bug')), { LOG_LEVEL: 'error' })).toHaveLength(1);
    expect(await logged(throwing(new Error('bug')), { LOG_LEVEL: 'silent' })).toHaveLength(0);
  });

  it('never holds a token, from any part of the notes or the error', async () => {
    const flow = async (_: unknown, context: RequestContext) => {
      note(context, {
        Attendee: { AttendeeId: 'a', JoinToken: 'SECRET' },
        list: [{ authorization: 'SECRET' }],
      });
      throw new Error(`refused Bearer SECRET and ${JWT}`);
    };
    const text = JSON.stringify(await logged(flow));
    expect(text).not.toContain('SECRET');
    expect(text).not.toContain(JWT);
    expect(text).toContain('"AttendeeId":"a"');
  });
});

describe('the redaction of a log line', () => {
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

  it.each([
    [
      'a join token in JSON',
      '{"AttendeeId":"a","JoinToken":"U0VDUkVU"}',
      '{"AttendeeId":"a","JoinToken":"[redacted]"}',
    ],
    [
      'the session token of a role, in AWS’s message about a bad signature',
      'The Canonical String should have been\nx-amz-security-token:IQoJb3JpZ2luX2Vj//8=\nhost;x-amz-date',
      'The Canonical String should have been\nx-amz-security-token:[redacted]\nhost;x-amz-date',
    ],
    ['a query', 'GET /x?access_token=U0VDUkVUU0VD&page=2', 'GET /x?access_token=[redacted]&page=2'],
    ['a join token by its length', `refused ${'aZ0+/9'.repeat(16)}Q`, 'refused [redacted]'],
  ])('strikes out %s', (_, text, left) => expect(redact({ message: text })).toEqual({ message: left }));

  it.each([
    'TypeError: Unexpected token } in JSON at position 17',
    'at handler (/var/task/node_modules/@aws-sdk/client-dynamodb/dist-es/protocols/Aws_json1_0.js:12:3)',
    'arn:aws:chime:us-east-1:111122223333:meeting/4a26b8c4-9e9e-0ab2-a786-0856a7422713',
  ])('leaves %s as it is', (text) => expect(redact(text)).toBe(text));

  it('writes an object that contains itself, and values that JSON cannot hold', () => {
    const circle: Record<string, unknown> = { big: 1n };
    circle.self = circle;
    expect(() => JSON.stringify(redact(circle))).not.toThrow();
  });
});
