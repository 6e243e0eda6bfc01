import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { createMeeting, event, getAttendee, joinMeeting, listAttendees, refused, send } from './support.ts';

const put = (body: unknown) => event({ body: JSON.stringify(body) });

describe('an invalid request', () => {
  it('gets the name of the field', async () => {
    expect(await refused(createMeeting, put({ maxReplicas: 101 }))).toMatchObject({ field: 'maxReplicas' });
    const features = { meetingFeatures: { Video: { MaxResolution: '8K' } } };
    expect(await refused(createMeeting, put(features))).toMatchObject({
      field: 'meetingFeatures.Video.MaxResolution',
    });
    expect(await refused(createMeeting, put({ tags: [{ Key: 'a' }] }))).toMatchObject({
      field: 'tags.0.Value',
    });
  });

  it('gets the name of every unknown member', async () => {
    const problem = await refused(createMeeting, put({ maxReplica: 3, colour: 'red' }));
    expect(problem.field).toBe('maxReplica');
    expect(problem.detail).toContain('maxReplica, colour');
  });

  it('gets the name of the path parameter, also when the whole map is missing', async () => {
    expect(await refused(joinMeeting, event({ params: { externalMeetingId: 'x' } }))).toMatchObject({
      code: 'BAD_REQUEST',
      field: 'externalMeetingId',
    });
    expect(await refused(joinMeeting, { ...event(), pathParameters: null })).toMatchObject({
      field: 'externalMeetingId',
    });
  });

  it('gets the name of the query parameter', async () => {
    expect(await refused(listAttendees, event({ query: { limit: '101' } }))).toMatchObject({
      field: 'limit',
    });
    const person = { externalMeetingId: 'hall', externalUserId: 'vic' };
    const sent = event({ params: person, query: { explain: 'yes' } });
    expect(await refused(getAttendee, sent)).toMatchObject({ field: 'explain' });
  });

  it('gets the name of an unknown query member, on every route with a token', async () => {
    const params = { externalMeetingId: 'hall', externalUserId: 'vic', mediaRegion: 'eu-central-1' };
    for (const route of Object.values<Operation>(operations).filter(({ open }) => !open)) {
      const role = route.roles === 'any' || route.roles.includes('host') ? 'host' : 'viewer';
      const body = route.operationId === 'provisionSeats' ? '{"seats":{}}' : undefined;
      const sent = { claims: { sub: 'ada', role }, params, query: { bann: 'true' }, ...(body && { body }) };
      expect(await refused(route, event(sent))).toMatchObject({
        code: 'BAD_REQUEST',
        field: 'bann',
        detail: 'bann: remove unknown members: bann',
      });
    }
  });

  it('gets the name of a member of its body, on every route with a token that takes none', async () => {
    const params = { externalMeetingId: 'hall', externalUserId: 'vic', mediaRegion: 'eu-central-1' };
    const routes = Object.values<Operation>(operations).filter(({ open, body }) => !open && !body);
    expect(routes.length).toBeGreaterThan(10);
    for (const route of routes) {
      const role = route.roles === 'any' || route.roles.includes('host') ? 'host' : 'viewer';
      const sent = { claims: { sub: 'ada', role }, params, body: '{"ban":true}' };
      expect(await refused(route, event(sent))).toMatchObject({ code: 'BAD_REQUEST', field: 'ban' });
      const form = { ...sent, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
      expect(await refused(route, event(form))).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    }
  });

  it('is accepted with extra query members on an open route, for monitors and caches', async () => {
    expect((await send(operations.getHealth, event({ query: { t: '1' } }))).statusCode).toBe(200);
  });

  it('gets back a few words of its own text at most', async () => {
    const { detail, field } = await refused(createMeeting, put({ ['x'.repeat(9000)]: 1 }));
    expect(detail.length).toBeLessThanOrEqual(700);
    expect(field?.length).toBeLessThanOrEqual(200);
  });
});
