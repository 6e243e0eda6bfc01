import type { Caller } from '../context.ts';
import { askAt } from '../domain/access/rate.ts';
import { Refusal } from '../refusals.ts';

/** A burst holds this many seconds of requests: ten devices of one person at once are allowed. */
const BURST_SECONDS = 5;
const PEOPLE_AT_MOST = 10_000;

/**
 * A rate limit per person and second, as far as this Lambda instance sees. It needs no round trip; a shared counter
 * would cost more than the requests that it stops. An instance serves one request at a time, so a flooding client
 * meets the same few instances. Each route has its own limit.
 */
export function floodGate() {
  const people = new Map<string, number>();
  return ({ externalUserId }: Caller, now: number, perSecond: number): void => {
    if (perSecond === 0) return;
    const rate = { perSecond, burst: perSecond * BURST_SECONDS };
    const asked = askAt(people.get(externalUserId) ?? 0, now, rate);
    if ('retryAfterMs' in asked) throw new Refusal('TOO_MANY_REQUESTS', asked);
    if (people.size >= PEOPLE_AT_MOST) people.clear();
    people.set(externalUserId, asked.spokenUntil);
  };
}
