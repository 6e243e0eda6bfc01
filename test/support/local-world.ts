import { type RunningEmulator, type StartOptions, startEmulator } from '../../emulator/server.ts';
import { hasDynoxide, startDynoxide } from '../../local/database/dynoxide.ts';
import { createTable } from '../../local/database/table.ts';
import { forgetOwnAccount, LOCAL_TABLE, localEnvironment } from '../../local/environment.ts';
import type { Listening } from '../../local/listen.ts';
import { connectInProcess } from './wire.ts';

/** A DynamoDB engine that tests can run against. */
export type Engine = 'dynalite' | 'dynoxide';

export interface WorldOptions {
  /** A DynamoDB behind a socket. Without it, DynamoDB and Chime are in this process, unless `WIRE=sockets`. */
  engine?: Engine;
  /** Of the emulator: limits, times, switches. */
  chime?: StartOptions;
  tableName?: string;
  /** More environment for the code under test. */
  environment?: Record<string, string>;
}

export interface TestWorld {
  /** Empty where DynamoDB is in this process. */
  dynamodbUrl: string;
  chimeUrl: string;
  emulator: RunningEmulator;
  tableName: string;
  close: () => Promise<void>;
}

/** The fastest engine that is installed here; all of them with `WIRE=sockets`. dynoxide is an optional package. */
export function engines(): Engine[] {
  if (!hasDynoxide()) return ['dynalite'];
  return overSockets() ? ['dynalite', 'dynoxide'] : ['dynoxide'];
}

/** Whether the clients of this run send their requests over sockets. */
export const overSockets = () => process.env.WIRE === 'sockets';

/**
 * Start DynamoDB and Chime, and point `process.env` and the clients of the code under test at them. Call it before that code
 * builds its clients: they and its settings are made once for each test file.
 */
export async function startWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const { tableName = LOCAL_TABLE } = options;
  const engine = options.engine ?? (overSockets() ? 'dynalite' : undefined);
  const database = engine && (await startEngine(engine, tableName));
  const emulator = await startEmulator({ port: 0, ...options.chime });
  const urls = { dynamodbUrl: database?.url ?? '', chimeUrl: emulator.url };
  forgetOwnAccount(process.env);
  // Attempts may be slow on a loaded machine. These tests do not check that.
  const quiet = { LOG_LEVEL: 'silent', ATTEMPT_TIMEOUT_MS: '30000' };
  Object.assign(process.env, localEnvironment({ ...urls, tableName }), quiet, options.environment);
  if (!database) await connectInProcess(emulator.state);
  return {
    ...urls,
    emulator,
    tableName,
    close: async () => void (await Promise.all([emulator.stop(), database?.close()])),
  };
}

/** Starts the engine on a free port, and creates the table in it. */
async function startEngine(engine: Engine, tableName: string): Promise<Listening> {
  const { startDatabase } = await import('../../local/database/in-process.ts');
  const database = engine === 'dynoxide' ? await startDynoxide() : await startDatabase(0);
  await createTable(database.url, tableName);
  return database;
}
