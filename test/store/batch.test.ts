import { handler as getMeeting } from '../../handlers/get-meeting.ts';
import { withinDeadline } from '../../lib/deadline.ts';
import { readAll } from '../../lib/store/batch.ts';
import type { Listening } from '../../local/listen.ts';
import { event } from '../http/support.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { startProxy } from '../support/proxy.ts';

type Keys = { pk: { S: string }; sk: { S: string } }[];

let world: TestWorld;
let proxy: Listening;
/** How many keys of each BatchGetItem are processed from now on. Undefined for all of them. */
let processes: number | undefined;
/** How many keys each BatchGetItem asked for. */
const asked: number[] = [];

beforeAll(async () => {
  world = await startWorld({ engine: 'dynalite' });
  proxy = await startProxy(world.dynamodbUrl, ({ operation, input }) => {
    if (operation !== 'BatchGetItem') return undefined;
    const [[table, { Keys }]] = Object.entries(input.RequestItems) as [[string, { Keys: Keys }]];
    asked.push(Keys.length);
    if (processes === undefined) return undefined;
    const unprocessed = Keys.slice(processes);
    const UnprocessedKeys = unprocessed.length > 0 ? { [table]: { Keys: unprocessed } } : {};
    return { body: { Responses: { [table]: Keys.slice(0, processes) }, UnprocessedKeys } };
  });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
});
beforeEach(() => {
  processes = undefined;
  asked.length = 0;
});
afterAll(async () => {
  await proxy.close();
  await world.close();
});

const keys = (many: number) => Array.from({ length: many }, (_, n) => ({ pk: 'P', sk: String(n) }));

/** Pauses that are recorded instead of waited for, with the most or the least jitter. */
function noted(random: number) {
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  return { pauses, timing: { random: () => random, pause } };
}

describe('reading a batch of which DynamoDB leaves keys unprocessed', () => {
  it('requests only the unprocessed keys again, and gives every item once', async () => {
    processes = 40;
    const items = await readAll(keys(100), {}, noted(0.5).timing);
    expect(asked).toEqual([100, 60, 20]);
    expect(items.map(({ sk }) => Number(sk))).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('pauses before each request, each time for up to twice as long', async () => {
    processes = 20;
    const longest = noted(1);
    await readAll(keys(100), {}, longest.timing);
    expect(longest.pauses).toEqual([50, 100, 200, 400]);
    const shortest = noted(0);
    await readAll(keys(100), {}, shortest.timing);
    expect(shortest.pauses).toEqual([0, 0, 0, 0]);
  });

  it('gives up after six requests, with the error of a throttled table', async () => {
    processes = 0;
    const reading = readAll(keys(3), {}, noted(0).timing);
    await expect(reading).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    expect(asked).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it('gives up at once where the pause would outlast the deadline of the request', async () => {
    processes = 0;
    const { pauses, timing } = noted(1);
    const deadline = { until: 1060, now: () => 1000 };
    const reading = withinDeadline(deadline, () => readAll(keys(3), {}, timing));
    await expect(reading).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    expect([asked.length, pauses]).toEqual([2, [50]]);
  });
});

describe('a request while DynamoDB throttles every batch', () => {
  it('is answered with 503 and a time to retry after, after a bounded number of calls', async () => {
    const name = uniqueMeetingId();
    await person(name, 'the-host', { role: 'host' }).seat();
    await person(name, 'vic').seat();
    processes = 0;
    asked.length = 0;
    const reply = await getMeeting(event({ params: { externalMeetingId: name } }), { awsRequestId: 'r' });
    expect(JSON.parse(reply.body ?? '')).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(asked.length).toBeLessThanOrEqual(12);
  });
});
