import { authorize } from './call/authorize.ts';
import { type CallOutcome, perform } from './call/perform.ts';
import { findRoute } from './call/route.ts';
import { ChimeError } from './errors.ts';
import { jsonReply, type Reply, type Request } from './messages.ts';
import { asksNearestMediaRegion, nearestMediaRegion } from './nearest-media-region.ts';
import { handleOutOfBand, isOutOfBand } from './out-of-band/handle.ts';
import { settle } from './state/meetings/lifecycle.ts';
import { guid } from './state/random.ts';
import type { ChimeState } from './state/state.ts';

/**
 * Handles one request. Synchronous, without sockets and timers: the reply says whether it is late or lost, and the carrier
 * acts on it. Events due by the state's clock happen first.
 */
export function handle(state: ChimeState, request: Request): Reply {
  settle(state);
  if (isOutOfBand(request)) return handleOutOfBand(state, request);
  if (asksNearestMediaRegion(request)) return nearestMediaRegion(state.options);
  const requestId = guid(state.hex);
  try {
    return answered(decide(state, request), requestId);
  } catch (error) {
    if (error instanceof ChimeError) return refused(error, requestId, {});
    throw error;
  }
}

function decide(state: ChimeState, request: Request): CallOutcome {
  const route = findRoute(request);
  if (!route) throw new ChimeError('UnknownOperationException', 'The operation is unknown');
  return perform(state, { request, route, scope: authorize(request, state.options) });
}

function answered({ result, delayMs, drop }: CallOutcome, requestId: string): Reply {
  const carriage = { ...(delayMs > 0 ? { delayMs } : {}), ...(drop ? { drop } : {}) };
  if (result instanceof ChimeError) return refused(result, requestId, carriage);
  const headers = { 'x-amzn-requestid': requestId };
  if (result === undefined) return { status: 204, headers, body: '', ...carriage };
  return { ...jsonReply(200, result, headers), ...carriage };
}

/** The reply for an error. The header carries the full name: without it SDKs cannot identify the exception. */
function refused(error: ChimeError, requestId: string, carriage: Partial<Reply>): Reply {
  const { name, status, message, members, retryAfterSeconds } = error;
  const body = { Code: name, Message: message, RequestId: requestId, ...members };
  const headers = {
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': name,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` }),
  };
  return { ...jsonReply(status, body, headers), ...carriage };
}
