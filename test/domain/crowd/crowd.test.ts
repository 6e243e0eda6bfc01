import { bucketOf } from '../../../lib/domain/crowd/bucket.ts';
import {
  isElectedOpener,
  openingsAtOnce,
  openingsForViewers,
  type Pace,
  waitMs,
} from '../../../lib/domain/crowd/crowd.ts';
import fc from '../../support/random/property.ts';
import { NOW, opening, primary, replica, topology } from '../../support/topologies.ts';

const PACE: Pace = { seatsEach: 250, burst: 20, ratePerSecond: 10 };
const life = (epoch: number) => ({ incarnation: 'a-incarnation', epoch });
const crowd = Array.from({ length: 20_000 }, (_, k) => `viewer-${k}`);
const standing = (epoch: number, seatsEach: number) =>
  crowd.filter((name) => isElectedOpener(name, life(epoch), seatsEach));

describe('the elected openers of a waiting crowd', () => {
  it('are about one viewer for each capacity of a replica', () => {
    for (const seats of [25, 100, 250]) {
      const expected = crowd.length / seats;
      const spread = 4 * Math.sqrt(expected);
      expect(standing(1, seats).length).toBeGreaterThan(expected - spread);
      expect(standing(1, seats).length).toBeLessThan(expected + spread);
    }
  });

  it('are the same viewers on every retry, and others in the next epoch', () => {
    const [first, again, next] = [standing(1, 250), standing(1, 250), standing(2, 250)];
    expect(again).toEqual(first);
    expect(first.filter((name) => next.includes(name)).length).toBeLessThan(5);
  });
});

describe('the number of replicas that are opened at once', () => {
  it('is what the burst of the quota can mint', () => {
    expect(openingsAtOnce(PACE)).toBe(6);
    expect(openingsAtOnce({ ...PACE, burst: 200 })).toBe(66);
    expect(openingsAtOnce({ ...PACE, seatsEach: 25 })).toBe(20);
  });

  it('is never zero', () => {
    expect(openingsAtOnce({ ...PACE, burst: 1 })).toBe(1);
  });

  it('is zero for viewers while the next call would wait for more than 1.3 s, so that another name need not wait longer', () => {
    const { slack } = bucketOf(PACE);
    const spokenUntil = NOW + slack + 1300 - 100;
    expect(openingsForViewers(PACE, spokenUntil, NOW)).toBe(6);
    expect(openingsForViewers(PACE, spokenUntil + 1, NOW)).toBe(0);
    expect(openingsForViewers(PACE, spokenUntil + 1, NOW + 1)).toBe(6);
  });

  it('is not zero where the quota is idle, however low it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        (burst, ratePerSecond) => {
          expect(openingsForViewers({ seatsEach: 250, burst, ratePerSecond }, NOW, NOW)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('the wait for replicas that are being opened', () => {
  const waiting = (openings: number, draw: number) => {
    const where = topology(primary(), replica('eu-west-1'), ...Array(openings).fill(opening('eu-west-1')));
    return waitMs(where, PACE, { now: NOW, random: draw });
  };

  it('is spread over the time that the quota takes to mint their seats', () => {
    expect(waiting(6, 0)).toBe(400);
    expect(waiting(6, 0.5)).toBe(400 + 900);
    expect(waiting(6, 0.999)).toBeLessThan(400 + 6 * 300);
  });

  it('is jittered even where only one replica is opened', () => {
    expect(waiting(1, 0.9)).toBeGreaterThan(waiting(1, 0.1));
    expect(waiting(0, 0.9)).toBe(waiting(1, 0.9));
  });
});
