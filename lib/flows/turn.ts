import type { Call } from '../call.ts';
import { Refusal } from '../refusals.ts';
import { takeTurn } from '../store/quota.ts';

/** How long one call may stand in line for the quota before its caller is asked to come again (milliseconds). */
const PATIENCE_MS = 800;

/** Wait for a turn at one Chime operation, briefly; where the line is too long, the caller is asked to come again. */
export async function turnFor(operation: string, call: Call, calls = 1): Promise<void> {
  const turn = await takeTurn(operation, { calls, now: call.now(), patienceMs: PATIENCE_MS });
  if ('retryAfterMs' in turn) throw new Refusal('UPSTREAM_UNAVAILABLE', turn);
  await call.pause(turn.waitMs);
}

/** How long the sweep stands in line: nobody waits for it (milliseconds). */
const LONG_PATIENCE_MS = 5000;

/** Wait for a turn at one Chime operation, for as long as that may take where nobody waits; `none` leaves it for the next sweep. */
export async function patientTurnFor(operation: string, call: Call, calls = 1): Promise<'taken' | 'none'> {
  const turn = await takeTurn(operation, { calls, now: call.now(), patienceMs: LONG_PATIENCE_MS });
  if ('retryAfterMs' in turn) return 'none';
  await call.pause(turn.waitMs);
  return 'taken';
}
