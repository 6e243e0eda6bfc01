#!/usr/bin/env node
import { startEmulator } from '../server.ts';
import { type Flags, parseFlags } from './flags.ts';
import { helpText } from './help.ts';

async function main({ help, verbose, options, ...place }: Flags): Promise<void> {
  if (help) return console.log(helpText());
  const log = verbose ? { log: (line: string) => console.log(line) } : {};
  const emulator = await startEmulator({ ...options, ...log, ...place });
  console.log(`Amazon Chime SDK Meetings at ${emulator.url}`);
  console.log(`AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS=${emulator.url}`);
  if (emulator.notice) console.log(emulator.notice);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.stop());
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

try {
  main(parseFlags(process.argv.slice(2))).catch(fail);
} catch (error) {
  fail(error);
}
