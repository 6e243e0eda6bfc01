import {
  averageWaitMs,
  backlogMs,
  jittered,
  type Pace,
  paceAfter,
  pastSlices,
  peopleIn,
  SLICE_MS,
  sliceAt,
  waitForStartMs,
  waitingIn,
} from '../../../lib/domain/meeting/waiting-room.ts';
import fc from '../../support/random/property.ts';
import { NOW } from '../../support/topologies.ts';

const SLICE_BEGINS = sliceAt(NOW) * SLICE_MS;
/** The rate of requests at which this many people wait (a second). */
const rateOf = (here: number, everywhere = here) => (here * 1000) / averageWaitMs({ here, everywhere });
const people = fc.double({ min: 0, max: 1e6, noNaN: true });

describe('the average wait', () => {
  it('lets ten people in within two seconds of an event, also with a topology that is half a second old', () => {
    expect(jittered(averageWaitMs({ here: 10, everywhere: 0 }), 1)).toBeLessThanOrEqual(1500);
  });

  it('keeps ten thousand people of one name at less than 1,000 requests a second', () => {
    expect(rateOf(10_000)).toBeLessThan(1000);
  });

  it('keeps fifty thousand people of five names at less than 1,800 requests a second', () => {
    expect(5 * rateOf(10_000, 50_000)).toBeLessThan(1800);
  });

  it('of ten people hardly grows because fifty thousand wait elsewhere', () => {
    expect(averageWaitMs({ here: 10, everywhere: 50_000 })).toBeLessThan(4000);
  });

  it('never gets shorter because more people wait', () => {
    fc.assert(
      fc.property(people, people, people, (here, more, everywhere) => {
        const before = averageWaitMs({ here, everywhere });
        expect(averageWaitMs({ here: here + more, everywhere })).toBeGreaterThanOrEqual(before);
        expect(averageWaitMs({ here, everywhere: everywhere + more })).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('an overloaded container', () => {
  const BEGUN: Pace = { since: NOW, answers: 0 };
  /** After a second in which it gave 100 answers, each beside so many others. */
  const afterASecond = (meanwhile: number) => paceAfter(BEGUN, { answers: 100, meanwhile }, NOW + 1000);
  const overloaded = afterASecond(50);
  const wait = (pace: Pace, people: number, now = NOW + 1000) =>
    averageWaitMs({ here: people, everywhere: 0, backlogMs: backlogMs(pace, people, now) });

  it('makes the people who wait for it return at half of the rate at which it answers', () => {
    expect(1_000_000 / wait(overloaded, 1000)).toBeCloseTo(50);
  });

  it('makes no wait longer than a minute with its jitter, however many people wait for it', () => {
    expect(jittered(wait(overloaded, 10_000), 1)).toBeLessThanOrEqual(60_000);
  });

  it('lets ten people in as soon as ever', () => {
    expect(wait(overloaded, 10)).toBe(wait(BEGUN, 10));
  });

  it('is forgotten by half in 20 seconds, so that waits get shorter when it has less to do', () => {
    const later = [0, 20_000, 40_000].map((ms) => backlogMs(overloaded, 1000, NOW + 1000 + ms));
    expect(later).toEqual([10_000, 5000, 2500]);
  });

  it('is one that answers many at once; a container of Lambda, which serves one at a time, makes no wait longer', () => {
    expect(wait(afterASecond(0), 1000)).toBe(wait(BEGUN, 1000));
  });

  it('looks at its pace once a second', () => {
    expect(paceAfter(BEGUN, { answers: 50, meanwhile: 50 }, NOW + 999)).toEqual(BEGUN);
  });

  it('that stood still for a moment learns from its next answers how fast it is', () => {
    const stoodStill = paceAfter(BEGUN, { answers: 10, meanwhile: 10 }, NOW + 1000);
    expect(backlogMs(stoodStill, 100, NOW + 1000)).toBe(10_000);
    const next = paceAfter(stoodStill, { answers: 210, meanwhile: 0 }, NOW + 2000);
    expect(backlogMs(next, 100, NOW + 1000)).toBe(500);
  });

  it('keeps what it knows through a second with fewer answers than it can give', () => {
    const next = paceAfter(overloaded, { answers: 110, meanwhile: 0 }, NOW + 2000);
    expect(next.overload).toEqual(overloaded.overload);
  });
});

describe('the jitter', () => {
  it('spreads the waits around the average, from two thirds to four thirds of it', () => {
    expect([0, 0.5, 1].map((random) => jittered(3000, random))).toEqual([2000, 3000, 4000]);
  });
});

describe('the number of people who wait', () => {
  const current = sliceAt(NOW);
  const returns = new Map([
    [current - 1, 50],
    [current, 100],
    [current + 1, 20],
    [current + 9, 3],
  ]);

  it('is that of those who are to return later, of the current slice as many as are left of it', () => {
    expect(waitingIn(returns, SLICE_BEGINS)).toBe(123);
    expect(waitingIn(returns, SLICE_BEGINS + SLICE_MS / 2)).toBe(73);
    expect(waitingIn(returns, SLICE_BEGINS + 10 * SLICE_MS)).toBe(0);
  });

  it('keeps the slice before the current one, in which a container counts whose clock is behind', () => {
    expect(pastSlices(returns, SLICE_BEGINS)).toEqual([]);
    expect(pastSlices(returns, SLICE_BEGINS + SLICE_MS)).toEqual([current - 1]);
  });

  it('is known by media region, in the proportion of the answers, and undefined where nobody waits', () => {
    const byMediaRegion = { 'eu-central-1': 30, 'us-east-1': 10 };
    expect(peopleIn({ returns, byMediaRegion }, SLICE_BEGINS)).toEqual({
      'eu-central-1': 93,
      'us-east-1': 31,
    });
    expect(peopleIn({ returns: new Map(), byMediaRegion }, SLICE_BEGINS)).toBeUndefined();
    expect(peopleIn({ returns, byMediaRegion: {} }, SLICE_BEGINS)).toBeUndefined();
  });
});

describe('the wait for the start of an event', () => {
  const waiting = { here: 3000, everywhere: 3000 };
  const wait = (startsInMs: number, random: number) => waitForStartMs({ startsInMs, waiting }, random);

  it('ends after the start, spread over as long as the requests take at the rate of one name', () => {
    expect([wait(20_000, 0), wait(20_000, 1)]).toEqual([20_000, 20_000 + 5333]);
  });

  it('is at most a minute, so that everybody learns of a changed start by then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e10 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ms, random) => {
          const waitMs = wait(ms, random);
          expect(waitMs).toBeGreaterThan(0);
          expect(waitMs).toBeLessThanOrEqual(60_000);
        },
      ),
    );
  });

  it('has jitter also a long time before the start', () => {
    expect(wait(3_600_000, 0)).toBeLessThan(wait(3_600_000, 1));
  });
});
