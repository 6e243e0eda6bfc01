import type { Chance } from '../chance.ts';

/** Round trips in milliseconds: to DynamoDB and Chime from a Lambda, and from a client to the API. */
export const LATENCY_MS = { dynamodb: 4, chime: 80, client: 50 };

/** One in a hundred is slow. */
const SLOW = 0.01;

/**
 * The duration of a round trip of about `usualMs`: within a fifth of it, but one in a hundred between twice and ten times as
 * long. The shape is ours; AWS does not publish its tail latencies.
 */
export function latencyOf(usualMs: number, chance: Chance): number {
  const factor = chance.happens(SLOW) ? 2 + 8 * chance.next() : 0.8 + 0.4 * chance.next();
  return usualMs * factor;
}
