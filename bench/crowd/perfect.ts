import { chanceOf } from '../../simulation/chance.ts';
import { LATENCY_MS, latencyOf } from '../../simulation/deployment/latency.ts';
import { percentile } from '../../simulation/numbers.ts';
import { callsFor, DEFAULTS, type Limits } from '../../simulation/quota-minimum.ts';

/**
 * Round trips to DynamoDB, one after another: the look-up and the claim before the first call to Chime, the seats and the
 * publication of a replica after its last call, and the look-up, the draw and the seat of a viewer's join.
 */
const TRIPS = { claiming: 2, publishing: 2, joining: 3 };
const SEEDS = 101;

/**
 * When a crowd would be seated by a perfect schedule over the same network (seconds, the median of many seeds). Each call reaches
 * Chime in the millisecond in which the quota allows it, and each viewer's only request arrives when its replica opens, unless the
 * network is slower than usual. So only the quota, the usual delays and the slow requests are left. It is a bound for any
 * algorithm that sells the seats of a replica once it has all of them.
 */
export function perfectSeconds(viewers: number, limits: Limits = DEFAULTS): number {
  const seeds = Array.from({ length: SEEDS }, (_, n) => n + 1);
  return percentile(
    seeds.map((seed) => lastSeatedMs(viewers, limits, seed) / 1000),
    50,
  );
}

function lastSeatedMs(viewers: number, limits: Limits, seed: number): number {
  const chance = chanceOf(seed, 'perfect');
  const halfOf = (to: keyof typeof LATENCY_MS) => latencyOf(LATENCY_MS[to], chance) / 2;
  const lateBy = (half: number, to: keyof typeof LATENCY_MS) => Math.max(0, half - LATENCY_MS[to] / 2);
  const trips = (count: number) =>
    Array.from({ length: count }, () => 2 * halfOf('dynamodb')).reduce((sum, ms) => sum + ms, 0);
  const { createMeeting: replicas, batchCreateAttendee } = callsFor(viewers, limits);
  const callsEach = batchCreateAttendee / replicas;
  const firstCall = LATENCY_MS.client / 2 + trips(TRIPS.claiming) + 1.5 * LATENCY_MS.chime;
  let last = 0;
  for (let replica = 0; replica < replicas; replica++) {
    let minted = 0;
    for (let call = 1; call <= callsEach; call++) {
      const number = replica * callsEach + call;
      const permitted = firstCall + (Math.max(0, number - limits.burst) * 1000) / limits.ratePerSecond;
      const half = halfOf('chime');
      minted = Math.max(minted, permitted + lateBy(half, 'chime') + half);
    }
    const opened = minted + trips(TRIPS.publishing);
    for (let seat = 0; seat < limits.seatsEach; seat++) {
      const half = halfOf('client');
      last = Math.max(last, opened + lateBy(half, 'client') + trips(TRIPS.joining) + half);
    }
  }
  return last;
}
