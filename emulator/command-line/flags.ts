import { parseArgs } from 'node:util';
import * as z from 'zod';
import { parsed } from '../declined.ts';
import { type EmulatorOptions, OptionsSchema, withOptions } from '../options.ts';

/** The options of the command line. */
export interface Flags {
  help: boolean;
  verbose: boolean;
  port: number;
  host: string;
  signaling: boolean;
  captionsDemo: boolean;
  options: EmulatorOptions;
}

const OWN = {
  help: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  port: { type: 'string', default: '4560' },
  host: { type: 'string', default: '127.0.0.1' },
  signaling: { type: 'boolean', default: false },
  'captions-demo': { type: 'boolean', default: false },
} as const;

const Port = z.coerce.number('--port is no number').int().min(0).max(65_535);

/** Parses the command line. Throws an error with a message for an unknown flag. */
export function parseFlags(args: string[]): Flags {
  const ofOptions = Object.keys(OptionsSchema.shape).map((key) => [kebab(key), { type: 'string' }] as const);
  const { values } = parseArgs({ args, options: { ...Object.fromEntries(ofOptions), ...OWN } });
  const { help, verbose, port, host, signaling, 'captions-demo': captionsDemo, ...rest } = values;
  const given = Object.entries(rest).map(([name, text]) => [camel(name), fromText(String(text))]);
  return {
    help: help === true,
    verbose: verbose === true,
    port: parsed(Port, port),
    host: String(host),
    signaling: signaling === true,
    captionsDemo: captionsDemo === true,
    options: withOptions({}, Object.fromEntries(given)),
  };
}

/** The flag of an option: `replicasPerPrimary` is `--replicas-per-primary`. */
export const kebab = (key: string) => key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const camel = (flag: string) => flag.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Numbers, booleans, null and objects are JSON; an account of twelve digits and anything else is text. */
function fromText(text: string): unknown {
  if (/^\d{12}$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
