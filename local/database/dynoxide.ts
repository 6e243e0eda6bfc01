import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, type Listening } from '../listen.ts';

const BINARY = 'node_modules/@dynoxide/linux-x64/dynoxide';

/** Whether the second DynamoDB engine, an optional package, is installed here. */
export function hasDynoxide(root = process.cwd()): boolean {
  return existsSync(join(root, BINARY));
}

/** Starts the second engine, in memory. It is a process of its own, and ends with `close`. */
export async function startDynoxide(root = process.cwd()): Promise<Listening> {
  const port = await freePort();
  const engine = spawn(join(root, BINARY), ['serve', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => engine.kill());
  await untilListening(engine);
  const close = async () => {
    engine.kill();
    if (engine.exitCode === null && engine.signalCode === null) await once(engine, 'exit');
  };
  return { url: `http://127.0.0.1:${port}`, port, close };
}

function untilListening(engine: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.once('error', reject);
    engine.once('exit', (code) => reject(new Error(`dynoxide ended with ${code}`)));
    for (const stream of [engine.stdout, engine.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => /listening/i.test(line) && resolve());
    }
  });
}
