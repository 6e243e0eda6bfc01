/** What came back, in a few words that can be compared, and beside them the service's own. */
export interface Observation {
  came: string;
  words?: string;
}

/** An experiment that learnt nothing, and why. */
export class Inconclusive extends Error {}

interface Refused {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

/** Refusals that say something of the caller, and nothing of the question. Nothing else will be answered either. */
const NOT_LET_IN = [
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

export const isNotLetIn = (error: unknown) => NOT_LET_IN.includes((error as Refused)?.name);

/** This may not be asked, or not in that region; something else may. */
const isDenied = (error: unknown) => (error as Refused)?.name === 'AccessDeniedException';

export const isThrottled = (error: unknown) =>
  (error as Refused)?.$metadata?.httpStatusCode === 429 || (error as Refused)?.name === 'ThrottlingException';

/** Say what a request came to. Outages, throttling and missing permissions are no answers: they are thrown. */
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

/** An error in words that may be shown. */
export function wordsOf(error: unknown): string {
  if (error instanceof Inconclusive) return error.message;
  const { name, message } = error as Refused;
  return redact(`${name}: ${message}`);
}

/** Leave out of a text what nobody needs to see: tokens, access keys, accounts, and ids that are different each time. */
export function redact(text: string): string {
  return text
    .replace(/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '<id>')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '<token>')
    .replace(/\b(AKIA|ASIA)[A-Z0-9]{12,}/g, '<key>')
    .replace(/[\da-zA-Z+/]{40,}={0,2}/g, '<token>')
    .replace(/\b[\da-f]{32}\b/gi, '<id>')
    .replace(/\b\d{12}\b/g, '<account>');
}
