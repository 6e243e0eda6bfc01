import type { RequestContext } from '../../lib/context.ts';
import { note } from '../../lib/log.ts';
import { measure } from '../../lib/metrics.ts';
import { Refusal } from '../../lib/refusals.ts';
import { event, joinMeeting, send, stillWorld } from './support.ts';

type Flow = (request: unknown, context: RequestContext) => Promise<{ status: number; body: object }>;

/** The lines in the embedded metric format, of a join that this flow answers. */
async function metricsOf(flow: Flow, environment: Record<string, string> = { STAGE: 'prod' }) {
  const deps = stillWorld(environment);
  await send(joinMeeting, event(), { flow, deps });
  return deps.lines.filter((line) => '_aws' in line);
}
const joined: Flow = async (_, context) => {
  note(context, { outcome: 'joined' });
  return { status: 200, body: {} };
};

describe('what is measured in a request', () => {
  it('is written in the embedded metric format, under the name of the deployment', async () => {
    const [line] = await metricsOf(joined);
    expect(line).toEqual({
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Balcony',
            Dimensions: [['stage', 'outcome']],
            Metrics: [{ Name: 'JoinAnswered', Unit: 'Count' }],
          },
        ],
      },
      stage: 'prod',
      outcome: 'joined',
      JoinAnswered: 1,
    });
  });

  it('counts a refused join by its code, and a seat by the time it took', async () => {
    const refused = await metricsOf(async () => {
      throw new Refusal('MEETING_FULL');
    });
    expect(refused).toMatchObject([{ outcome: 'MEETING_FULL', JoinAnswered: 1 }]);
    expect(await metricsOf(joined)).toContainEqual(expect.objectContaining({ TimeToSeatMs: 0 }));
  });

  it('gathers what happened several times into one line, and each dimension into its own', async () => {
    const lines = await metricsOf(async (request, context) => {
      for (const outcome of ['done', 'done', 'throttled'])
        measure('ChimeCalls', 1, { operation: 'GetMeeting', outcome });
      return joined(request, context);
    });
    expect(lines).toContainEqual(expect.objectContaining({ outcome: 'done', ChimeCalls: [1, 1] }));
    expect(lines).toContainEqual(expect.objectContaining({ outcome: 'throttled', ChimeCalls: 1 }));
  });

  it('is counted however often it happened, in no more values than CloudWatch takes', async () => {
    const lines = await metricsOf(async (request, context) => {
      for (let k = 0; k < 250; k++) measure('SeatsDrawn');
      return joined(request, context);
    });
    const [drawn = []] = lines.flatMap((line) => ('SeatsDrawn' in line ? [line.SeatsDrawn as number[]] : []));
    expect(drawn).toHaveLength(100);
    expect(drawn.reduce((sum, value) => sum + value, 0)).toBe(250);
  });

  it('is written once, and not at all where the deployment has no name', async () => {
    const flow: Flow = async (request, context) => {
      measure('SeatsDrawn');
      return joined(request, context);
    };
    expect(await metricsOf(flow, {})).toEqual([]);
    expect((await metricsOf(joined)).some((line) => 'SeatsDrawn' in line)).toBe(false);
  });
});
