import { startEmulator } from '../emulator/server.ts';
import { startDatabase } from './database/in-process.ts';
import { createTable } from './database/table.ts';
import { LOCAL_TABLE, localEnvironment } from './environment.ts';
import { startIssuer } from './identity/issuer.ts';
import type { Ports } from './ports.ts';

/** Stand-ins on this machine for AWS and an identity provider. */
export type World = Awaited<ReturnType<typeof startWorld>>;

/**
 * Starts the stand-ins for DynamoDB, Chime and the token issuer, and creates the table. With the captions demo, captions that a host
 * turns on have lines, though nothing recognises speech here.
 */
export async function startWorld(ports: Omit<Ports, 'api' | 'web'>, captionsDemo: boolean) {
  const [database, chime, issuer] = await Promise.all([
    startDatabase(ports.dynamodb),
    startEmulator({ port: ports.chime, host: '127.0.0.1', signaling: true, captionsDemo }),
    startIssuer(ports.issuer),
  ]);
  await createTable(database.url, LOCAL_TABLE);
  return {
    issuer,
    urls: { chime: `http://localhost:${chime.port}`, dynamodb: database.url, issuer: issuer.url },
    onEvent: chime.state.onEvent,
    notice: chime.notice,
    environment: localEnvironment({ dynamodbUrl: database.url, chimeUrl: chime.url }),
    close: () => Promise.all([database.close(), chime.stop(), issuer.close()]),
  };
}
