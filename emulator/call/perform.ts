import { ChimeError } from '../errors.ts';
import type { Request } from '../messages.ts';
import { parseInput } from '../shapes/constraints.ts';
import { takeRate } from '../state/buckets.ts';
import { countCall } from '../state/calls.ts';
import { takeFault } from '../state/faults.ts';
import type { Fault } from '../state/records.ts';
import type { Scope } from '../state/scope.ts';
import type { ChimeState } from '../state/state.ts';
import type { Call } from './call.ts';
import type { Route } from './route.ts';

/** An authorized call and its input. */
export interface Asked {
  request: Request;
  route: Route;
  scope: Scope;
}

/** The result of an operation, and how the response travels. */
export interface CallOutcome {
  /** The body; undefined for 204; or an error. */
  result: unknown;
  delayMs: number;
  drop?: true;
}

/** Performs one call and counts it: first a pending fault, then the quota, then the operation itself. */
export function perform(state: ChimeState, asked: Asked): CallOutcome {
  const { name } = asked.route.operation;
  const fault = takeFault(state, name);
  if (fault?.fault === 'timeout-before') {
    countCall(state, name, fault.fault);
    return { result: undefined, delayMs: fault.delayMs, drop: true };
  }
  const delayMs = latency(state, asked, fault);
  const result = attempt(state, asked, { fault, delayMs });
  const isLost = fault?.fault === 'timeout-after';
  const refusal = result instanceof ChimeError ? result.name : '200';
  countCall(state, name, isLost ? 'timeout-after' : refusal);
  return { result, delayMs, ...(isLost ? { drop: true } : {}) };
}

function attempt(
  state: ChimeState,
  asked: Asked,
  { fault, delayMs }: { fault: Fault | undefined; delayMs: number },
): unknown {
  const { operation } = asked.route;
  const now = state.clock.now();
  try {
    refuseFault(fault);
    refuseRate(state, asked);
    const input = parseInput(operation.input, inputOf(asked), state.options.constraintError);
    const call: Call = {
      state,
      scope: asked.scope,
      operation: operation.name,
      now,
      answersAt: now + delayMs,
      fault,
    };
    return operation.run(call, input);
  } catch (error) {
    if (error instanceof ChimeError) return error;
    throw error;
  }
}

function refuseFault(fault: Fault | undefined): void {
  if (fault?.fault === 'throttle') throw rateExceeded();
  if (fault?.fault === 'error-500') throw new ChimeError('ServiceFailureException', 'Service failure');
  if (fault?.fault === 'error-503') {
    throw new ChimeError('ServiceUnavailableException', 'Service unavailable', { retryAfterSeconds: 1 });
  }
}

function refuseRate(state: ChimeState, { route, scope }: Asked): void {
  if (!takeRate(state, scope, route.operation.name)) throw rateExceeded();
}

const rateExceeded = () => new ChimeError('ThrottlingException', 'Rate exceeded');

function latency(state: ChimeState, { route }: Asked, fault: Fault | undefined): number {
  const creates = route.operation.name.startsWith('CreateMeeting');
  const creating = creates ? state.options.createMeetingLatencyMs : 0;
  return state.options.latencyMs + creating + (fault?.delayMs ?? 0);
}

/** The input by member names, which constraint errors report, wherever each member travelled. */
function inputOf({ request, route }: Asked): Record<string, unknown> {
  const fromQuery = Object.entries(route.operation.fromQuery ?? {})
    .filter(([wireName]) => request.query[wireName] !== undefined)
    .map(([wireName, member]) => [member, request.query[wireName]]);
  return { ...bodyOf(request), ...Object.fromEntries(fromQuery), ...route.labels };
}

/** The members of the body. A null member counts as absent, at any depth. */
function bodyOf({ body }: Request): Record<string, unknown> {
  if (body === '') return {};
  try {
    const parsed: unknown = JSON.parse(body, (_, value) => (value === null ? undefined : value));
    if (typeof parsed === 'object' && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  } catch {
    // Told below, as for a body that is JSON but no object.
  }
  throw new ChimeError('SerializationException', 'The body is not a JSON object');
}
