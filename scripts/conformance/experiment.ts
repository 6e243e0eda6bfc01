import * as z from 'zod';
import { type EmulatorOptions, OptionsSchema } from '../../emulator/options.ts';
import type { Observation } from './answer.ts';
import type { Lab } from './lab.ts';

/** Options of the emulator, with the values that are tried. */
export type Candidates = { [Key in keyof EmulatorOptions]?: EmulatorOptions[Key][] };

/** One question to Chime, of a few calls. */
export interface Experiment {
  id: string;
  asks: string;
  /** What of the emulator stands for the answer. Nothing, where the emulator knows one answer only. */
  settles: Candidates;
  /** How the emulator has to be set for the question to make sense. */
  given?: Partial<EmulatorOptions>;
  /** It can be repeated, and asked of the service as well as of an emulator. */
  ask(lab: Lab): Promise<Observation>;
}

/** Every value that these options can have. */
export function every(...keys: (keyof EmulatorOptions)[]): Candidates {
  return Object.fromEntries(keys.map((key) => [key, valuesOf(OptionsSchema.shape[key])])) as Candidates;
}

function valuesOf(schema: z.ZodType): unknown[] {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodBoolean) return [false, true];
  throw new TypeError('Say which values to try');
}

/** So many people of a batch. */
export const people = (many: number, from = 0) =>
  Array.from({ length: many }, (_, index) => ({ ExternalUserId: `viewer-${from + index}` }));

/** A GUID that names nothing. */
export const UNKNOWN = '00000000-0000-0000-0000-000000000000';
