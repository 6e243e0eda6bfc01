import * as z from 'zod';
import { OptionsSchema } from '../options.ts';
import { kebab } from './flags.ts';

const WIDTH = 45;

/** The text of `--help`: the server's flags, then one for every option, with its default. */
export function helpText(): string {
  const own = [
    line('port <number>', 'listen here; 0 is any free port (4560)'),
    line('host <address>', 'listen on this address (127.0.0.1)'),
    line('signaling', 'let clients join: signaling and media, on the same port'),
    line(
      'captions-demo',
      'with --signaling: a few spoken lines in every transcribed meeting, without a microphone',
    ),
    line('verbose', 'one line for each request'),
    line('help', 'this text'),
  ];
  const options = Object.entries(OptionsSchema.shape).map(([key, schema]) => optionLine(key, schema));
  return [
    'An emulator of Amazon Chime SDK Meetings.',
    '',
    'Usage: balcony-chime-emulator [flags]',
    '',
    ...own,
    '',
    ...options,
  ].join('\n');
}

function optionLine(key: string, schema: z.ZodType): string {
  const values = valuesOf(schema);
  const initial = schema.parse(undefined);
  const words = `${schema.description} (${typeof initial === 'string' ? initial : JSON.stringify(initial)})`;
  return line(kebab(key), values ? `${words}\n${' '.repeat(WIDTH + 4)}${values.join(' | ')}` : words);
}

function valuesOf(schema: z.ZodType): readonly string[] | undefined {
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? (inner.options as string[]) : undefined;
}

const line = (flag: string, words: string) => `  --${flag.padEnd(WIDTH)}${words}`;
