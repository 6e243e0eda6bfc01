import { findRoute } from '../../emulator/call/route.ts';
import { handle } from '../../emulator/handle.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import { type ChimeState, createState, type Sources } from '../../emulator/state/state.ts';
import type { WireReply, WireRequest } from './wire.ts';

export interface ChimeService {
  state: ChimeState;
  /** How many requests came so far. */
  asked: number;
  answer: (request: WireRequest) => WireReply;
}

/** Chime behind its HTTP interface, in this process. */
export function createChime(options: Partial<EmulatorOptions>, sources: Sources): ChimeService {
  const state = createState({ authorization: 'ignore', ...options }, sources);
  const service: ChimeService = {
    state,
    asked: 0,
    answer: (request) => {
      service.asked++;
      return handle(state, request);
    },
  };
  return service;
}

export const chimeOperationOf = (request: WireRequest): string =>
  findRoute(request)?.operation.name ?? request.path;

export function chimeRefusal(status: number, name: string): WireReply {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': name };
  return { status, headers, body: JSON.stringify({ Code: name, Message: name }) };
}
