import { onSchedule, type Pass } from '../../lib/events/schedule.ts';
import { stillWorld } from '../http/support.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };

type Flow = Parameters<typeof onSchedule>[0];

/** Runs a scheduled flow. Gives its context, and the log. */
async function run(flow: Flow, LOG_LEVEL = 'info') {
  const deps = stillWorld({ LOG_LEVEL });
  const given: Pass[] = [];
  const error = await onSchedule((pass) => {
    given.push(pass);
    return flow(pass);
  }, deps)({}, context).catch((thrown: unknown) => thrown);
  return { given: given[0], lines: deps.lines, error };
}

const smoothly: Flow = async () => ({ reconciled: 3 });
const badly: Flow = async ({ failed }) => {
  failed('hall', new Error('the table is away'));
  return { reconciled: 2 };
};

describe('a flow on a schedule', () => {
  it('gets time and randomness, and starts nothing in the last twenty seconds', async () => {
    const { given } = await run(smoothly);
    expect(given).toMatchObject({ requestId: 'request-1', until: 1000 + 60_000 - 20_000 });
    expect([given?.now(), given?.random()]).toEqual([1000, 0.5]);
  });

  it('logs one line about the whole run', async () => {
    const { lines } = await run(smoothly);
    expect(lines).toEqual([
      { level: 'info', status: 200, requestId: 'request-1', reconciled: 3, failed: 0, durationMs: 0 },
    ]);
  });

  it('logs a line about each name that failed', async () => {
    const { lines, error } = await run(badly);
    expect(lines).toMatchObject([
      { level: 'error', externalMeetingId: 'hall', error: { message: 'the table is away' } },
      { level: 'info', reconciled: 2, failed: 1 },
    ]);
    expect(error).toBeUndefined();
  });

  it('logs failures only, at log level error', async () => {
    expect((await run(badly, 'error')).lines).toMatchObject([{ externalMeetingId: 'hall' }]);
  });

  it('fails the function when it fails as a whole', async () => {
    const { error } = await run(() => Promise.reject(new Error('no table at all')));
    expect(error).toEqual(new Error('no table at all'));
  });
});
