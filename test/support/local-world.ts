import { type RunningEmulator, type StartOptions, startEmulator } from '../../emulator/server.ts';
import { hasDynoxide, startDynoxide } from '../../local/database/dynoxide.ts';
import { startDatabase } from '../../local/database/in-process.ts';
import { createTable } from '../../local/database/table.ts';
import { forgetOwnAccount, LOCAL_TABLE, localEnvironment } from '../../local/environment.ts';

/** A DynamoDB engine that tests can run against. */
export type Engine = 'dynalite' | 'dynoxide';

export interface WorldOptions {
  engine?: Engine;
  /** Of the emulator: limits, times, switches. */
  chime?: StartOptions;
  tableName?: string;
  /** More environment for the code under test. */
  environment?: Record<string, string>;
}

export interface TestWorld {
  dynamodbUrl: string;
  chimeUrl: string;
  emulator: RunningEmulator;
  tableName: string;
  close: () => Promise<void>;
}

/** The engines that are installed here: dynalite always, dynoxide where its optional package is. */
export function engines(): Engine[] {
  return hasDynoxide() ? ['dynalite', 'dynoxide'] : ['dynalite'];
}

/**
 * Start DynamoDB and Chime on free ports, create the table, and point `process.env` at them. Call it
 * before the code under test builds its clients: they and its settings are made once for each test file.
 */
export async function startWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const { engine = 'dynalite', tableName = LOCAL_TABLE } = options;
  const database = engine === 'dynoxide' ? await startDynoxide() : await startDatabase(0);
  const emulator = await startEmulator({ port: 0, ...options.chime });
  const urls = { dynamodbUrl: database.url, chimeUrl: emulator.url };
  await createTable(database.url, tableName);
  forgetOwnAccount(process.env);
  // Attempts may be slow on a loaded machine. These tests do not check that.
  const quiet = { LOG_LEVEL: 'silent', ATTEMPT_TIMEOUT_MS: '30000' };
  Object.assign(process.env, localEnvironment({ ...urls, tableName }), quiet, options.environment);
  return {
    ...urls,
    emulator,
    tableName,
    close: async () => void (await Promise.all([emulator.close(), database.close()])),
  };
}
