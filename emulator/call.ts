import type * as z from 'zod';
import type { OperationName } from './operation-names.ts';
import type { Fault } from './state/records.ts';
import type { Scope } from './state/scope.ts';
import type { ChimeState } from './state/state.ts';

/** One request, authorised and routed: what an operation may know beside its input. */
export interface Call {
  state: ChimeState;
  scope: Scope;
  operation: OperationName;
  now: number;
  /** When its answer leaves. */
  answersAt: number;
  fault: Fault | undefined;
}

/** One operation: its place on the wire, the shape of its input, and what it does. */
export interface Operation<Shape extends z.ZodType = z.ZodType> {
  name: OperationName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Members in braces are labels. */
  path: string;
  /** Value of the `operation` query parameter, for the paths that are multiplexed by it. */
  query?: string;
  input: Shape;
  /** Members that travel in the query: the name on the wire, and the name of the member. */
  fromQuery?: Record<string, string>;
  /** Returns the body; `undefined` is answered with 204. */
  run(call: Call, input: z.infer<Shape>): unknown;
}

/** Declare an operation, so that `run` knows the type of its input. */
export const operation = <Shape extends z.ZodType>(declared: Operation<Shape>): Operation => declared;
