import { table } from '../../lib/store/table.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';

interface RoundTrip {
  from: number;
  to: number;
}

const roundTrips: RoundTrip[] = [];
let moment = 0;
let world: TestWorld;
beforeAll(async () => {
  world = await startWorld();
  table().middlewareStack.add(
    (send) => async (request) => {
      const from = moment++;
      const answer = await send(request);
      roundTrips.push({ from, to: moment++ });
      return answer;
    },
    { step: 'deserialize', priority: 'low' },
  );
});
afterAll(() => world.close());

describe('what joining costs a viewer once seats are open', () => {
  const name = uniqueMeetingId();
  const asked = { mediaRegion: 'us-east-1' };
  beforeAll(async () => {
    await person(name, 'the-host', { role: 'host' }).seat();
    await person(name, 'first-viewer').seat(asked);
  });

  it('is three round trips to DynamoDB at most, and no call to Chime', async () => {
    const callsBefore = chimeCalls();
    expect(await depthOf(() => person(name, 'second-viewer').join(asked))).toBeLessThanOrEqual(3);
    expect(chimeCalls()).toBe(callsBefore);
  });

  it('is two round trips at most for a repeated join', async () => {
    const callsBefore = chimeCalls();
    expect(await depthOf(() => person(name, 'first-viewer').join(asked))).toBeLessThanOrEqual(2);
    expect(chimeCalls()).toBe(callsBefore);
  });

  it('is five requests at most, counted without regard to which wait for which', async () => {
    await depthOf(() => person(name, 'third-viewer').join(asked));
    expect(roundTrips.length).toBeLessThanOrEqual(5);
  });
});

/** How many round trips had to wait for one another: the longest row of them without overlap. */
async function depthOf(join: () => Promise<{ status: number }>): Promise<number> {
  roundTrips.length = 0;
  expect((await join()).status).toBe(200);
  let depth = 0;
  let end = -1;
  for (const { from, to } of roundTrips.toSorted((a, b) => a.to - b.to)) {
    if (from <= end) continue;
    depth++;
    end = to;
  }
  return depth;
}

const chimeCalls = () => JSON.stringify(world.emulator.state.calls);
