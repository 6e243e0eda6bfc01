import type { Call } from '../call.ts';
import type { Line } from '../chime/ask.ts';
import type { Trouble } from '../chime/trouble.ts';
import type { Lease } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { takeTurn } from '../store/quota.ts';

/**
 * How long one call to Chime may stand in line (milliseconds). `brief` where the caller can as well come again; `long`
 * for what is better late than half done, as deletions are; `sweeping` where nobody waits for the answer.
 */
const PATIENCE_MS = { none: 0, short: 300, brief: 800, long: 3000, sweeping: 5000 };
export type Patience = keyof typeof PATIENCE_MS;

/** The line in which this call waits for its turns at Chime, where all Lambdas stand. */
export function inLine(call: Call, patience: Patience = 'brief'): Line {
  return async (operation) => {
    const turn = await takeTurn(operation, { now: call.now(), patienceMs: PATIENCE_MS[patience] });
    if ('retryAfterMs' in turn) return 'no-turn';
    await call.pause(turn.waitMs);
    return 'turn';
  };
}

/** The same line, which nothing passes once the lease has run out: from then on somebody else may be at it. */
export function whileOurs({ until }: Lease, call: Call): Line {
  const line = inLine(call);
  return async (operation) => {
    const turn = await line(operation);
    return call.now() < until ? turn : 'no-turn';
  };
}

/** What a caller hears where Chime was in the way. Where it was our own pace, that is no outage: they come again. */
export function declined(trouble: Trouble): Refusal {
  if (trouble === 'no-turn') return new Refusal('TOO_MANY_REQUESTS');
  return new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${trouble}`) });
}
