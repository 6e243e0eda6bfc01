import { inAudience, onStage } from '../../../lib/domain/ledger/facts.ts';
import { openedIn, spansOf } from '../../../lib/domain/ledger/life.ts';
import { secondsOf, unionOf } from '../../../lib/domain/ledger/totals.ts';
import { costOf, peakOf, usageMeter } from '../../../lib/domain/ledger/usage.ts';
import fc from '../../support/random/property.ts';

const MINUTE = 60_000;
const SEAT = inAudience(1, 0);
const STAGE = onStage(1);
const during = (connection: typeof SEAT, from: number, to?: number, isEstimated = false) => ({
  connection,
  from: from * MINUTE,
  ...(to !== undefined && { to: to * MINUTE }),
  isEstimated,
});
const REGIONS = new Map([
  [SEAT, 'eu-central-1'],
  [STAGE, 'us-east-1'],
] as const);

/** Times in a few minutes, so that many overlap. */
const times = fc.array(
  fc.record({ from: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 0, max: 8 }) }),
  { maxLength: 20 },
);

describe('the seconds of a person', () => {
  it('count a time once in which the person watches and is on stage', () => {
    const intervals = [during(SEAT, 0, 10), during(STAGE, 4, 6), during(SEAT, 20, 21)];
    expect(secondsOf(intervals, 0)).toEqual({ seconds: 660, stageSeconds: 120 });
  });

  it('go on while the person is connected', () => {
    expect(secondsOf([during(SEAT, 0)], 90_000)).toEqual({ seconds: 90, stageSeconds: 0 });
  });

  it('are those in which any connection is open, counted one by one', () => {
    fc.assert(
      fc.property(times, (list) => {
        const intervals = list.map(({ from, length }) => during(SEAT, from, from + length));
        const minutes = Array.from({ length: 30 }, (_, n) => n);
        const busy = minutes.filter((n) => list.some(({ from, length }) => from <= n && n < from + length));
        expect(secondsOf(intervals, 0).seconds).toBe(busy.length * 60);
        const union = unionOf(intervals, 0);
        expect(union.every(({ from }, n) => from > (union[n - 1]?.to ?? -1))).toBe(true);
      }),
    );
  });
});

describe('the peak', () => {
  it('is the largest number of viewers at any instant, and the first such instant', () => {
    fc.assert(
      fc.property(times, (list) => {
        const spans = list.map(({ from, length }) => ({ from, to: from + length }));
        const at = (instant: number) =>
          spans.filter(({ from, to }) => from <= instant && instant < to).length;
        const instants = Array.from({ length: 30 }, (_, n) => n);
        const most = Math.max(...instants.map(at));
        const expected = most === 0 ? undefined : { viewers: most, at: instants.find((n) => at(n) === most) };
        expect(peakOf(spans)).toEqual(expected);
      }),
    );
  });
});

describe('the usage of a life', () => {
  it('counts minutes by side and by media region, and each connection by itself', () => {
    const meter = usageMeter(100 * MINUTE);
    meter.add({ intervals: [during(SEAT, 0, 10), during(STAGE, 4, 6)], regions: REGIONS });
    meter.add({ intervals: [during(SEAT, 5, 8, true), during(SEAT, 95)], regions: REGIONS });
    meter.add({ intervals: [], regions: REGIONS });
    expect(meter.total()).toEqual({
      people: 2,
      joins: 4,
      minutes: { audience: 18, stage: 2, estimated: 3 },
      byMediaRegion: { 'eu-central-1': 18, 'us-east-1': 2 },
      peak: { viewers: 2, at: 5 * MINUTE },
    });
  });

  it('has no peak where nobody watched', () => {
    expect(usageMeter(0).total()).toMatchObject({ people: 0, peak: undefined });
  });

  it('costs what its minutes cost at the given price, and nothing is said without one', () => {
    const minutes = { audience: 100, stage: 20, estimated: 5 };
    expect(costOf({ minutes }, { perAttendeeMinute: 0.5, currency: 'EUR' })).toEqual({
      amount: 60,
      currency: 'EUR',
    });
    expect(costOf({ minutes }, undefined)).toBeUndefined();
  });

  it('counts an epoch and a replica once, however often their opening was recorded', () => {
    const spans = spansOf([
      'e1|a|o',
      'e1|b|o',
      'e1|c|x',
      'e2|d|o',
      'r1.0|a|o',
      'r1.1|b|x',
      'm|e|x',
      'nonsense',
    ]);
    expect(openedIn({ spans })).toEqual({ epochs: 2, replicas: 1 });
    expect(spans.get('e1')).toEqual({ openedAt: 10, endedAt: 12 });
  });
});
