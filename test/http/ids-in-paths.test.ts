import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { event, refused, send } from './support.ts';

const routes = Object.values<Operation>(operations);
const aboutMeetings = routes.filter(({ path }) => path.includes('{externalMeetingId}'));
const aboutPeople = routes.filter(({ path }) => path.includes('{externalUserId}'));
const BROKEN = ['.', '..', '/', 'a/b', '../hand'];

/** Sent by a host or a viewer, whichever the route is for, with a valid body. */
function asked({ roles, operationId }: Operation, params: Record<string, string>, rawPath?: string) {
  const role = roles === 'any' || roles.includes('host') ? 'host' : 'viewer';
  const body = operationId === 'provisionSeats' ? { seats: {} } : {};
  return {
    ...event({ claims: { sub: 'ada', role }, params, body: JSON.stringify(body) }),
    ...(rawPath && { rawPath }),
  };
}

describe('an id that a path cannot carry', () => {
  it.each(BROKEN)('is refused as a meeting with 400 on each route: %j', async (externalMeetingId) => {
    for (const route of aboutMeetings)
      expect(await refused(route, asked(route, { externalMeetingId, externalUserId: 'vic' }))).toMatchObject({
        status: 400,
        code: 'BAD_REQUEST',
        field: 'externalMeetingId',
      });
  });

  it.each(BROKEN)('is refused as a person with 400 on each route: %j', async (externalUserId) => {
    for (const route of aboutPeople)
      expect(await refused(route, asked(route, { externalMeetingId: 'hall', externalUserId }))).toMatchObject(
        { status: 400, code: 'BAD_REQUEST', field: 'externalUserId' },
      );
  });

  it.each(BROKEN)('is refused as the sub of a token with 401: %j', async (sub) => {
    for (const route of aboutMeetings)
      expect(await refused(route, event({ claims: { sub, role: 'host' } }))).toMatchObject({
        status: 401,
        code: 'UNAUTHENTICATED',
      });
  });
});

describe('a path with an empty segment or a dot segment', () => {
  it.each([
    '/meetings/hall/',
    '/meetings/hall//',
    '/meetings/hall/promotions/..',
    '/meetings/hall/attendees/%2E.',
    '/prod/meetings/./hall',
  ])('is refused with 404 on each route, whatever the gateway takes it for: %s', async (rawPath) => {
    const params = { externalMeetingId: 'hall', externalUserId: 'vic' };
    for (const route of aboutMeetings)
      expect(await refused(route, asked(route, params, rawPath))).toMatchObject({
        status: 404,
        code: 'MEETING_NOT_FOUND',
      });
  });

  it('does not include a name that has dots in it', async () => {
    const params = { externalMeetingId: 'hall', externalUserId: '...' };
    for (const rawPath of ['/meetings/hall/attendees/...', '/meetings/hall/attendees/a..'])
      expect((await send(operations.getAttendee, { ...event({ params }), rawPath })).statusCode).toBe(200);
  });
});
