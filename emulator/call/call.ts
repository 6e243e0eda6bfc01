import type * as z from 'zod';
import type { OperationName } from '../operation-names.ts';
import type { Fault } from '../state/records.ts';
import type { Scope } from '../state/scope.ts';
import type { ChimeState } from '../state/state.ts';

/** One authorized and routed request: the context of an operation beside its input. */
export interface Call {
  state: ChimeState;
  scope: Scope;
  operation: OperationName;
  now: number;
  /** When its response is sent. */
  answersAt: number;
  fault: Fault | undefined;
}

/** One operation: its route, the shape of its input, and its effect. */
export interface Operation<Shape extends z.ZodType = z.ZodType> {
  name: OperationName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Members in braces are labels. */
  path: string;
  /** The value of the `operation` query parameter, for paths that it multiplexes. */
  query?: string;
  input: Shape;
  /** Members that travel in the query: the name on the wire, and the member's name. */
  fromQuery?: Record<string, string>;
  /** Returns the body; `undefined` means 204. */
  run(call: Call, input: z.infer<Shape>): unknown;
}

/** Declares an operation, so that `run` knows the type of its input. */
export const operation = <Shape extends z.ZodType>(declared: Operation<Shape>): Operation => declared;
