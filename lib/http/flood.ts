import type { Caller } from '../context.ts';
import { askAt } from '../domain/access/rate.ts';
import { Refusal } from '../refusals.ts';

/** A burst is worth so many seconds: ten devices at once are no flood. */
const BURST_SECONDS = 5;
const PEOPLE_AT_MOST = 10_000;

/**
 * A gate that lets each person through so many times a second, as far as this Lambda instance sees them. It costs no round
 * trip, where a shared count would cost more than what it stops; and an instance answers one request at a time, so whoever
 * floods meets the same few instances again and again. Each route has its own gate.
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
