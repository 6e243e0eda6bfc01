import * as z from 'zod';
import type { Request } from '../messages.ts';
import { OPERATION_NAMES } from '../operation-names.ts';
import { callsLeft } from '../state/buckets.ts';
import { settle } from '../state/meetings/lifecycle.ts';
import { FAULTS } from '../state/records.ts';
import type { ChimeState } from '../state/state.ts';
import { jsonOf } from './declined.ts';

const Advance = z.strictObject({ advanceMs: z.int().min(0) });

/** POST /_emulator/clock: advances the clock. Meetings end and buckets refill as if the time had passed. */
export function advanceClock(state: ChimeState, request: Request) {
  state.clock.advance(Advance.parse(jsonOf(request)).advanceMs);
  settle(state);
  return { now: state.clock.now() };
}

const NewFault = z.strictObject({
  operation: z.enum([...OPERATION_NAMES, '*']),
  times: z.int().min(1).default(1),
  fault: z.enum(FAULTS),
  delayMs: z.int().min(0).default(0),
  item: z.int().min(1).default(1),
});

/** POST /_emulator/faults: makes the next calls of an operation fail. Returns the pending faults. */
export function addFault(state: ChimeState, request: Request) {
  state.faults.push(NewFault.parse(jsonOf(request)));
  return state.faults;
}

/** GET /_emulator/calls */
export const listCalls = (state: ChimeState) => state.calls;

/** GET /_emulator/quotas: the calls left in each bucket. Reading takes none. */
export const listQuotas = (state: ChimeState) => callsLeft(state);

const Since = z.strictObject({ since: z.coerce.number().int().min(0).default(0) });

/** GET /_emulator/events?since=n: the events after the n-th. */
export function listEvents(state: ChimeState, { query }: Request) {
  return state.events.since(Since.parse(query).since);
}

/** POST /_emulator/reset: forgets everything but the options. */
export function reset(state: ChimeState) {
  state.reset();
  return { now: state.clock.now() };
}
