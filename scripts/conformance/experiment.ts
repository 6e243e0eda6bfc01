import * as z from 'zod';
import { type EmulatorOptions, OptionsSchema } from '../../emulator/options.ts';
import type { Observation } from './answer.ts';
import type { Lab } from './lab.ts';

/** Options of the emulator, with the values to try. */
export type Candidates = { [Key in keyof EmulatorOptions]?: EmulatorOptions[Key][] };

/** One question to Chime, which a few calls answer. */
export interface Experiment {
  id: string;
  asks: string;
  /** The options of the emulator that decide its answer. Empty if no option does. */
  settles: Candidates;
  /** The emulator's options under which the question makes sense. */
  given?: Partial<EmulatorOptions>;
  /** Repeatable, and usable with the service as well as with an emulator. */
  ask(lab: Lab): Promise<Observation>;
}

/** All possible values of these options. */
export function every(...keys: (keyof EmulatorOptions)[]): Candidates {
  return Object.fromEntries(keys.map((key) => [key, valuesOf(OptionsSchema.shape[key])])) as Candidates;
}

function valuesOf(schema: z.ZodType): unknown[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodBoolean) return [false, true];
  throw new TypeError('Say which values to try');
}

/** This many people of a batch. */
export const people = (many: number, from = 0) =>
  Array.from({ length: many }, (_, index) => ({ ExternalUserId: `viewer-${from + index}` }));

/** A GUID of no meeting. */
export const UNKNOWN = '00000000-0000-0000-0000-000000000000';
