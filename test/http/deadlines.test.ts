import type { Answer } from '../../lib/context.ts';
import { operations } from '../../lib/contract.ts';
import {
  beforeAttempt,
  DeadlineExceeded,
  remainingMs,
  runRequest,
  withinDeadline,
} from '../../lib/deadline.ts';
import { onSchedule } from '../../lib/events/schedule.ts';
import { eventQueue } from '../../lib/events.ts';
import { deployed, endpoint } from '../../lib/http.ts';
import { readSettings } from '../../lib/settings.ts';
import { createTopology, freshTopology } from '../../lib/store/topology/topologies.ts';
import { aGate } from '../support/gate.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { event } from './support.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await startWorld({ engine: 'dynalite' });
});
afterAll(() => world.close());

const deps = { ...deployed, settings: () => readSettings({}), write: () => {} };
const create = (externalMeetingId: string) =>
  createTopology(
    { externalMeetingId, incarnation: 'late', options: { maxReplicas: 4, waitForPresenter: true } },
    Date.now(),
  );
const ALMOST_OVER = { awsRequestId: 'r', getRemainingTimeInMillis: () => 300 };

describe('a request that is answered before its work is done', () => {
  it('sends nothing more to DynamoDB, whenever its process goes on', async () => {
    const name = uniqueMeetingId();
    const gate = aGate();
    let ended: Promise<unknown> = Promise.resolve();
    const flow = (): Promise<Answer> => {
      const work = gate.pause().then(() => create(name));
      ended = work.catch((error: unknown) => error);
      return work.then(() => ({ status: 204 }));
    };
    const answer = await endpoint(operations.endMeeting, flow, deps)(event(), ALMOST_OVER);
    expect(answer.statusCode).toBe(503);
    gate.open();
    expect(await ended).toBeInstanceOf(DeadlineExceeded);
    expect(await freshTopology(name, Date.now())).toBeUndefined();
  });

  it('aborts its pending requests, so that none is retried', async () => {
    const name = uniqueMeetingId();
    let ended: Promise<unknown> = Promise.resolve();
    const flow = (): Promise<Answer> => {
      ended = create(name).catch((error: unknown) => error);
      return Promise.reject(new Error('the flow fails beside its own write'));
    };
    const answer = await endpoint(operations.endMeeting, flow, deps)(event(), { awsRequestId: 'r' });
    expect(answer.statusCode).toBe(500);
    expect(await ended).toMatchObject({ name: expect.stringMatching(/AbortError|DeadlineExceeded/) });
  });

  it('is not aborted by the answer to another request of the same process', async () => {
    const name = uniqueMeetingId();
    const gate = aGate();
    const slow = endpoint(
      operations.endMeeting,
      async () => {
        await gate.pause();
        await create(name);
        return { status: 204 };
      },
      deps,
    )(event(), { awsRequestId: 'slow' });
    await endpoint(operations.endMeeting, () => new Promise(() => {}), deps)(event(), ALMOST_OVER);
    gate.open();
    expect((await slow).statusCode).toBe(204);
    expect(await freshTopology(name, Date.now())).toBeDefined();
  });
});

describe('the functions without callers', () => {
  it('leave no work behind after their schedule', async () => {
    let left: Promise<unknown> = Promise.resolve();
    const gate = aGate();
    const pass = onSchedule(async () => {
      left = gate.pause().then(beforeAttempt);
      left.catch(() => {});
      return { reconciled: 0 };
    }, deps);
    await pass(undefined, { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 });
    gate.open();
    await expect(left).rejects.toBeInstanceOf(DeadlineExceeded);
  });

  it('leave no work behind after their batch', async () => {
    let left: Promise<unknown> = Promise.resolve();
    const gate = aGate();
    const detail = { eventType: 'chime:MeetingEnded', meetingId: 'm', timestamp: 1, externalMeetingId: 'x' };
    const body = JSON.stringify({ source: 'aws.chime', 'detail-type': 'Chime Meeting State Change', detail });
    const take = eventQueue(async () => {
      left = gate.pause().then(beforeAttempt);
      left.catch(() => {});
      return 'applied';
    }, deps);
    await take({ Records: [{ messageId: '1', body }] } as never);
    gate.open();
    await expect(left).rejects.toBeInstanceOf(DeadlineExceeded);
  });
});

describe('a deadline', () => {
  it('within another one keeps the earlier of both', async () => {
    let now = 0;
    const deadline = (until: number) => ({ until, now: () => now });
    await withinDeadline(deadline(100), () =>
      withinDeadline(deadline(200), async () => {
        expect(remainingMs()).toBe(100);
        now = 99;
        expect(beforeAttempt).not.toThrow();
        now = 100;
        expect(beforeAttempt).toThrow(DeadlineExceeded);
      }),
    );
  });

  it('ends with its own work: later work may go on', async () => {
    await runRequest({ until: 100, now: () => 50 }, async () => {
      await withinDeadline({ until: 50, now: () => 50 }, async () => expect(beforeAttempt).toThrow());
      expect(beforeAttempt).not.toThrow();
    });
  });
});
