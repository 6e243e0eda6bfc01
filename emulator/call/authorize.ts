import { ChimeError, type ErrorName } from '../errors.ts';
import type { Request } from '../messages.ts';
import type { EmulatorOptions } from '../options.ts';
import { isControlRegion } from '../state/regions.ts';
import type { Scope } from '../state/scope.ts';

const CREDENTIAL =
  /^AWS4-HMAC-SHA256 .*Credential=(?<key>[^/,\s]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request/;

/**
 * The account and control region of a request. The Authorization header must exist, be SigV4, and be scoped to a control
 * region and to the service `chime`. The signature itself is not verified. An access key of 12 digits is its own account.
 */
export function authorize({ headers }: Request, options: EmulatorOptions): Scope {
  const { authorization: header } = headers;
  const scope = CREDENTIAL.exec(header ?? '')?.groups;
  if (options.authorization === 'check') refuse(header, scope);
  const key = scope?.key ?? '';
  return {
    accountId: /^\d{12}$/.test(key) ? key : options.accountId,
    controlRegion: scope?.region ?? options.defaultControlRegion,
  };
}

function refuse(header: string | undefined, scope: Record<string, string> | undefined): void {
  if (!header) throw error('MissingAuthenticationTokenException', 'Missing Authentication Token');
  if (!scope) throw error('IncompleteSignatureException', 'Authorization header requires a Credential scope');
  if (scope.service !== 'chime') {
    throw error('InvalidSignatureException', "Credential should be scoped to correct service: 'chime'.");
  }
  if (!isControlRegion(scope.region ?? '')) {
    throw error('InvalidSignatureException', 'Credential should be scoped to a valid region.');
  }
}

const error = (name: ErrorName, words: string) => new ChimeError(name, words);
