import type { Topology } from '../../../lib/domain/meeting/topology.ts';
import { openPlanned } from '../../../lib/flows/opening/forecast.ts';
import { reconcile } from '../../../lib/flows/reconcile/run.ts';
import { setForecast } from '../../../lib/store/topology/forecasts.ts';
import { freshTopology } from '../../../lib/store/topology/topologies.ts';
import type { Listening } from '../../../local/listen.ts';
import { callOf, person, refusalOf, uniqueMeetingId } from '../../support/people.ts';
import { CONDITION_FAILED, type Passing, type Rule, startProxy } from '../../support/proxy.ts';
import { useWorld } from '../support.ts';

const chime = useWorld({}, { engine: 'dynalite' });
let proxy: Listening;
let rule: Rule = () => undefined;

beforeAll(async () => {
  proxy = await startProxy(chime.world.dynamodbUrl, (passing) => rule(passing));
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
});
afterEach(() => {
  rule = () => undefined;
});
afterAll(() => proxy.close());

/** Makes each of these writes a conflict from now on. Gives how many there were. */
function lose(isThis: (passing: Passing) => boolean): () => number {
  let lost = 0;
  rule = (passing) => {
    if (passing.operation !== 'UpdateItem' || !isThis(passing)) return undefined;
    lost += 1;
    return CONDITION_FAILED;
  };
  return () => lost;
}

/** A clock that only its own pauses advance, and each reading by a millisecond. */
function slowClock() {
  let ms = chime.now();
  const pause = async (forMs: number) => {
    ms += forMs;
  };
  return { now: () => ms++, pause };
}

async function live(): Promise<string> {
  const name = uniqueMeetingId();
  await person(name, 'the-host', { role: 'host' }).create({ maxReplicas: 2 });
  await person(name, 'the-host', { role: 'host' }).seat();
  return name;
}

describe('a step whose conditional write conflicts again and again', () => {
  it('is tried six times by a host who provisions seats, and then answered with a time to retry after', async () => {
    const name = await live();
    const lost = lose(({ input }) => input.UpdateExpression.includes('forecast = '));
    const host = person(name, 'the-host', { role: 'host', pause: async () => {} });
    expect(await refusalOf(host.provision({ 'eu-central-1': 5 }))).toBe('TOO_MANY_REQUESTS');
    expect(lost()).toBe(6);
  });

  it('is retried after a pause by the work on a forecast, within its time', async () => {
    const name = await live();
    const call = { ...callOf('the-reconcile', { role: 'host' }), ...slowClock() };
    await setForecast((await freshTopology(name, call.now())) as Topology, { 'eu-central-1': 5 });
    const lost = lose(({ input }) => input.UpdateExpression.startsWith('SET replicas'));
    await openPlanned(name, { until: call.now() + 500 }, call);
    expect(lost()).toBeGreaterThan(1);
    expect(lost()).toBeLessThanOrEqual(10);
  });

  it('ends a reconciler pass whose list names an unknown meeting, again and again, after one query for each part of the list', async () => {
    let queries = 0;
    const item = { pk: { S: 'MEETING#nobody-knows' }, reconcileAt: { N: '1' } };
    rule = ({ operation }) => {
      if (operation !== 'Query') return undefined;
      queries += 1;
      return { body: { Items: Array.from({ length: 100 }, () => item) } };
    };
    const failed = () => {};
    const { now, random, pause, requestId } = callOf('the-reconcile');
    expect(await reconcile({ now, random, pause, requestId, until: now() + 20_000, failed })).toEqual({
      reconciled: 0,
    });
    expect(queries).toBe(8);
  });
});
