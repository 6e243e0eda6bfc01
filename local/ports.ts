import { freePort } from './listen.ts';

/** The port of each part. */
export interface Ports {
  api: number;
  chime: number;
  dynamodb: number;
  issuer: number;
  web: number;
}

/** Reads the ports from PORT, CHIME_PORT, DYNAMODB_PORT, ISSUER_PORT and WEB_PORT; 0 means any free port. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  return {
    api: port(env, 'PORT', 3000),
    chime: port(env, 'CHIME_PORT', 3001),
    dynamodb: port(env, 'DYNAMODB_PORT', 3002),
    issuer: port(env, 'ISSUER_PORT', 3003),
    web: port(env, 'WEB_PORT', 3004),
  };
}

/** Picks a free port for the API now, because its server needs a fixed port number. */
export async function settlePorts(ports: Ports): Promise<Ports> {
  return { ...ports, api: ports.api || (await freePort()) };
}

function port(env: NodeJS.ProcessEnv, name: string, initial: number): number {
  const value = Number(env[name] || initial);
  const valid = Number.isInteger(value) && value >= 0 && value <= 65_535;
  if (!valid) throw new TypeError(`${name}: '${env[name]}' is not a port`);
  return env[name] === '0' ? 0 : value;
}

/** Why the stack did not start, and what to do about it. */
export function whyNotStarted({ code, port, message }: NodeJS.ErrnoException & { port?: number }): string {
  if (code !== 'EADDRINUSE') return message;
  return (
    `port ${port} is in use, perhaps by another npm start. Stop that one, or set PORT, CHIME_PORT, DYNAMODB_PORT, ISSUER_PORT ` +
    'or WEB_PORT to another port. 0 is any free one.'
  );
}
