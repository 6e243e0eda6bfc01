import { onSchedule, type Pass } from '../../lib/events/schedule.ts';
import { stillWorld } from '../http/support.ts';

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };

type Flow = Parameters<typeof onSchedule>[0];

/** Run a flow as the clock would; answers what it was given, and what was logged. */
async function run(flow: Flow, LOG_LEVEL = 'info') {
  const outside = stillWorld({ LOG_LEVEL });
  const given: Pass[] = [];
  const error = await onSchedule((pass) => {
    given.push(pass);
    return flow(pass);
  }, outside)({}, context).catch((thrown: unknown) => thrown);
  return { given: given[0], lines: outside.lines, error };
}

const smoothly: Flow = async () => ({ reconciled: 3 });
const badly: Flow = async ({ failed }) => {
  failed('hall', new Error('the table is away'));
  return { reconciled: 2 };
};

describe('a flow on a schedule', () => {
  it('is given time and chance, and begins nothing in the last twenty seconds', async () => {
    const { given } = await run(smoothly);
    expect(given).toMatchObject({ requestId: 'request-1', until: 1000 + 60_000 - 20_000 });
    expect([given?.now(), given?.random()]).toEqual([1000, 0.5]);
  });

  it('leaves one line about the whole of it', async () => {
    const { lines } = await run(smoothly);
    expect(lines).toEqual([
      { level: 'info', status: 200, requestId: 'request-1', reconciled: 3, failed: 0, durationMs: 0 },
    ]);
  });

  it('leaves a line about each name that failed', async () => {
    const { lines, error } = await run(badly);
    expect(lines).toMatchObject([
      { level: 'error', externalMeetingId: 'hall', error: { message: 'the table is away' } },
      { level: 'info', reconciled: 2, failed: 1 },
    ]);
    expect(error).toBeUndefined();
  });

  it('tells of failures only, where errors only are wanted', async () => {
    expect((await run(badly, 'error')).lines).toMatchObject([{ externalMeetingId: 'hall' }]);
  });

  it('that fails as a whole is an error of the function', async () => {
    const { error } = await run(() => Promise.reject(new Error('no table at all')));
    expect(error).toEqual(new Error('no table at all'));
  });
});
