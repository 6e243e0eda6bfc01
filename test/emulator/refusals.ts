/** A refusal as a client sees it. */
export interface Refusal {
  name: string;
  message: string;
  status: number | undefined;
}

/** How a request was refused. Fails when it was not. */
export async function refusalOf(request: Promise<unknown>): Promise<Refusal> {
  const outcome = await request.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new TypeError('The request was not refused');
  const { $metadata } = outcome as { $metadata?: { httpStatusCode?: number } };
  return { name: outcome.name, message: outcome.message, status: $metadata?.httpStatusCode };
}

/** How a request was refused whose input breaks one constraint, in AWS's words. */
export const broken = (at: string, constraint: string): Refusal => ({
  name: 'ValidationException',
  message: `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${constraint}`,
  status: 400,
});

export const GUID = /^[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}$/;

/** A GUID that names nothing. */
export const UNKNOWN = '00000000-0000-0000-0000-000000000000';

export const GUID_CONSTRAINT =
  'Member must satisfy regular expression pattern: ^[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$';

export const NOT_NULL = 'Member must not be null';

export const atLeast = (length: number) => `Member must have length greater than or equal to ${length}`;

export const atMost = (length: number) => `Member must have length less than or equal to ${length}`;

export const oneOf = (...values: string[]) => `Member must satisfy enum value set: [${values.join(', ')}]`;
