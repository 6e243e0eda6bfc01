import { join } from 'node:path';
import type { Operation } from '../../lib/contract/operation.ts';
import { operations } from '../../lib/contract.ts';
import { examples } from '../../scripts/api-reference/examples.ts';
import type { TestWorld } from '../support/local-world.ts';
import { calm, startStage, strike } from '../support/stage/facts.ts';

const HOST = 'Ada Lovelace';
const VIEWER = 'Linus (Quill)';
const PEOPLE = { host: HOST, presenter: 'Grace Hopper', viewer: VIEWER };

let world: TestWorld;
const written: string[] = [];
beforeAll(async () => {
  world = await startStage({ LOG_LEVEL: 'info' });
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await world.close();
});
beforeEach(() => void written.splice(0));

const fileOf = (operationId: string) => operationId.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** As in the examples, with fewer seats. */
const bodyOf = (name: keyof typeof examples): unknown =>
  name === 'provisionSeats' ? { seats: { 'eu-west-1': 1 } } : examples[name].body;

/** Sends one request to the deployed handler, about the viewer where it is about a person. */
async function ask(
  name: keyof typeof examples,
  role: keyof typeof PEOPLE,
  { meeting = 'hall', body = bodyOf(name) } = {},
) {
  const { handler } = await import(join(process.cwd(), 'handlers', `${fileOf(name)}.ts`));
  const event = {
    headers: { 'content-type': 'application/json', authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln' },
    pathParameters: { externalMeetingId: meeting, externalUserId: VIEWER, mediaRegion: 'eu-central-1' },
    requestContext: { authorizer: { jwt: { claims: { sub: PEOPLE[role], role } } } },
    body: JSON.stringify(body),
  };
  const { statusCode } = await handler(event, { awsRequestId: 'request-1' });
  return statusCode as number;
}

const LAST = ['removeAttendee', 'endMeeting'] as const;
const asked = Object.entries<Operation>(operations).filter(([, { open }]) => !open);
const names = asked.map(([name]) => name) as (keyof typeof examples)[];
const inOrder = [...names.filter((name) => LAST.every((last) => last !== name)), ...LAST];

/** No line names a person or carries a credential, and every request has logged one line. */
function expectNobodyNamed(requests: number) {
  const text = written.join('');
  expect(written).toHaveLength(requests);
  for (const name of [...Object.values(PEOPLE), 'Lovelace', 'Hopper', 'Quill'])
    expect(text).not.toContain(name);
  for (const { joinToken } of attendees()) expect(text).not.toContain(joinToken);
}

const statuses = () => written.map((line) => JSON.parse(line).status);
const attendees = () =>
  [...world.emulator.state.meetings.values()].flatMap((meeting) => [...meeting.attendees.values()]);

describe('the log', () => {
  it('names no person, for any request, caller and target, allowed or not', async () => {
    await ask('joinMeeting', 'host');
    await ask('joinMeeting', 'viewer');
    for (const name of inOrder)
      for (const role of ['viewer', 'presenter', 'host'] as const) await ask(name, role);
    expect(attendees().length).toBeGreaterThan(200);
    expectNobodyNamed(2 + 3 * names.length);
    expect(statuses()).toEqual(expect.arrayContaining([200, 202, 204, 403, 404]));
  });

  it('names no person where Chime fails, nor where a name is refused', async () => {
    const meeting = 'other-hall';
    await ask('joinMeeting', 'host', { meeting });
    await ask('joinMeeting', 'viewer', { meeting });
    strike(world, 'CreateAttendee', { fault: 'error-500', times: 50 });
    expect(await ask('grantPromotion', 'host', { meeting })).toBe(503);
    calm(world);
    expect(await ask('joinMeeting', 'viewer', { meeting, body: { [VIEWER]: HOST } })).toBe(400);
    expect(written.join('')).toContain('"level":"error"');
    expectNobodyNamed(4);
  });
});
