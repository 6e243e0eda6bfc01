import * as z from 'zod/mini';
import { joined, waiting } from '../../lib/contract/answers/join.ts';
import { type Operation, refusalsOf } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { refusals } from '../../lib/refusals.ts';

const all = Object.entries<Operation>(operations);
const exampleOf = (schema: z.ZodMiniType) => z.globalRegistry.get(schema)?.example;
const routeOf = ({ method, path }: Operation) => `${method} ${path}`;

describe('the table of routes', () => {
  it('contains exactly the routes of the contract', () => {
    const meeting = '/meetings/{externalMeetingId}';
    expect(all.map(([, operation]) => routeOf(operation)).sort()).toEqual(
      [
        'GET /meetings',
        `PUT ${meeting}`,
        `GET ${meeting}`,
        `DELETE ${meeting}`,
        `POST ${meeting}/reopen`,
        `POST ${meeting}/live`,
        `DELETE ${meeting}/live`,
        `PUT ${meeting}/captions`,
        `DELETE ${meeting}/captions`,
        `POST ${meeting}/join`,
        `POST ${meeting}/leave`,
        `POST ${meeting}/client-events`,
        `GET ${meeting}/attendance`,
        `DELETE ${meeting}/attendance/{externalUserId}`,
        `GET ${meeting}/usage`,
        `GET ${meeting}/attendees`,
        `GET ${meeting}/attendees/{externalUserId}`,
        `DELETE ${meeting}/attendees/{externalUserId}`,
        `PATCH ${meeting}/attendees/{externalUserId}`,
        `PUT ${meeting}/promotions/{externalUserId}`,
        `DELETE ${meeting}/promotions/{externalUserId}`,
        `GET ${meeting}/promotion`,
        `PUT ${meeting}/hand`,
        `DELETE ${meeting}/hand`,
        `DELETE ${meeting}/hands/{externalUserId}`,
        `GET ${meeting}/hands`,
        `GET ${meeting}/bans`,
        `DELETE ${meeting}/bans/{externalUserId}`,
        `POST ${meeting}/mute-all`,
        `PUT ${meeting}/seats`,
        `PUT ${meeting}/drains/{mediaRegion}`,
        `DELETE ${meeting}/drains/{mediaRegion}`,
        'GET /health',
        'GET /openapi.json',
      ].sort(),
    );
  });

  it.each(all)('gives %s a unique name, and parses every parameter of its path', (name, operation) => {
    expect(operation.operationId).toBe(name);
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const issues = operation.params?.safeParse({}).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toEqual(inPath);
  });

  it('requires a token for every route but health and the OpenAPI document', () => {
    const open = all.filter(([, operation]) => operation.open).map(([, operation]) => operation.path);
    expect(open.sort()).toEqual(['/health', '/openapi.json']);
  });

  it('allows only hosts to create, list, end, reopen, remove, ban, provision, drain, see attendance, and move the curtain', () => {
    const hosts = all
      .filter(([, { roles }]) => roles !== 'any' && roles.join() === 'host')
      .map(([name]) => name);
    expect(hosts.sort()).toEqual(
      [
        'closeCurtain',
        'createMeeting',
        'drainRegion',
        'endMeeting',
        'eraseAttendance',
        'getAttendee',
        'getUsage',
        'listAttendance',
        'liftBan',
        'liftDrain',
        'listBans',
        'listMeetings',
        'openCurtain',
        'provisionSeats',
        'removeAttendee',
        'reopenMeeting',
      ].sort(),
    );
  });
});

describe('the table of refusals', () => {
  it('contains exactly the refusals of the contract', () => {
    const statuses = Object.fromEntries(Object.entries(refusals).map(([code, { status }]) => [code, status]));
    expect(statuses).toEqual({
      BAD_REQUEST: 400,
      UNAUTHENTICATED: 401,
      FORBIDDEN: 403,
      BANNED: 403,
      MEETING_NOT_FOUND: 404,
      NOT_PROMOTED: 404,
      NOT_JOINED: 409,
      NOWHERE_ELSE: 409,
      ON_STAGE: 409,
      MEETING_FULL: 409,
      STAGE_FULL: 409,
      MEETING_ENDED: 410,
      PAYLOAD_TOO_LARGE: 413,
      UNSUPPORTED_MEDIA_TYPE: 415,
      TOO_MANY_REQUESTS: 429,
      INTERNAL: 500,
      UPSTREAM_UNAVAILABLE: 503,
    });
  });

  it('adds to each route the refusals that the HTTP layer may answer', () => {
    expect(refusalsOf(operations.getHealth)).toEqual(['PAYLOAD_TOO_LARGE', 'TOO_MANY_REQUESTS', 'INTERNAL']);
    expect(refusalsOf(operations.raiseHand)).toContain('UNSUPPORTED_MEDIA_TYPE');
    expect(refusalsOf(operations.joinMeeting)).toEqual(expect.arrayContaining(['BANNED', 'UNAUTHENTICATED']));
  });
});

describe('the answer to a join', () => {
  it('contains Chime’s objects unchanged', () => {
    const example = exampleOf(joined) as object;
    const Meeting = { MeetingId: 'm', MediaPlacement: { AudioHostUrl: 'a', NewUrl: 'b' }, TenantIds: [] };
    expect(joined.parse({ ...example, Meeting }).Meeting).toEqual(Meeting);
  });

  it('cannot be joined and waiting at once', () => {
    expect(joined.safeParse(exampleOf(waiting)).success).toBe(false);
    expect(waiting.safeParse(exampleOf(joined)).success).toBe(false);
  });
});
