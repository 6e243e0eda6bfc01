/** A response, reduced to a few comparable words, beside the service's own message. */
export interface Observation {
  came: string;
  words?: string;
}

/** An experiment without a result, and the reason. */
export class Inconclusive extends Error {}

interface Refused {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

/** Errors about the credentials, not about the experiment: every further experiment would get them. */
const CREDENTIAL_ERRORS = [
  'CredentialsProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'TokenProviderError',
  'UnauthorizedException',
  'UnrecognizedClientException',
];

export const isNotLetIn = (error: unknown) => CREDENTIAL_ERRORS.includes((error as Refused)?.name);

/** This call, or this region, is not permitted; others may be. */
const isDenied = (error: unknown) => (error as Refused)?.name === 'AccessDeniedException';

export const isThrottled = (error: unknown) =>
  (error as Refused)?.$metadata?.httpStatusCode === 429 || (error as Refused)?.name === 'ThrottlingException';

/** Reduces a response to an observation. Throws outages, throttling and missing permissions: they are no answers. */
export function answerOf<Answer>(
  request: Promise<Answer>,
  say: (answer: Answer) => string = () => 'accepted',
): Promise<Observation> {
  return request.then((answer) => ({ came: say(answer) }), refusal);
}

function refusal(error: Refused): Observation {
  const status = error.$metadata?.httpStatusCode;
  if (status === undefined || status >= 500) throw error;
  if (isThrottled(error) || isDenied(error) || isNotLetIn(error)) throw error;
  return { came: `${error.name} (${status})`, words: redact(error.message) };
}

/** The message of an error, safe to show. */
export function wordsOf(error: unknown): string {
  if (error instanceof Inconclusive) return error.message;
  const { name, message } = error as Refused;
  return redact(`${name}: ${message}`);
}

/** Removes tokens, access keys, accounts, and ids that differ each time. */
export function redact(text: string): string {
  return text
    .replace(/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '<id>')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<token>')
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}/g, '<key>')
    .replace(/[\da-zA-Z+/]{40,}={0,2}/g, '<token>')
    .replace(/\b[\da-f]{32}\b/gi, '<id>')
    .replace(/\b\d{12}\b/g, '<account>');
}
