import type { Request } from '../messages.ts';

/** Input to the emulator itself that is declined, in words. */
export class Declined extends Error {}

/** The JSON of a body. */
export function jsonOf({ body }: Request): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Declined('The body is not JSON');
  }
}
