import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { inContainer } from '../container.ts';
import { guarded } from '../deadline.ts';
import { keysIn } from '../domain/webhooks/signature.ts';
import { clientOptions } from './client-options.ts';
import { options } from './options.ts';

/** A rotated key is in use after at most this time (milliseconds). */
const KEPT_MS = 300_000;

const ssm = inContainer('clients', () => {
  const made = new SSMClient(clientOptions());
  guarded(made.config.requestHandler);
  return made;
});

interface Kept {
  keys: readonly Buffer[];
  readAt: number;
}

const cache = inContainer('caches', () => new Map<string, Kept>());

/**
 * The one or two keys that sign webhooks, read from the parameter that the settings name, and kept for five minutes. The settings
 * hold the keys themselves only on a laptop.
 */
export async function signingKeys(now: number): Promise<readonly Buffer[]> {
  const { signing } = options();
  if (!signing) throw new Error('WEBHOOK_SIGNING is not set');
  if ('keys' in signing) return keysIn(signing.keys);
  const { parameter } = signing;
  const kept = cache().get(parameter);
  if (kept && now - kept.readAt < KEPT_MS) return kept.keys;
  const keys = keysIn(await readParameter(parameter));
  cache().set(parameter, { keys, readAt: now });
  return keys;
}

async function readParameter(Name: string): Promise<string> {
  const { Parameter } = await ssm().send(new GetParameterCommand({ Name, WithDecryption: true }));
  return Parameter?.Value ?? '';
}
