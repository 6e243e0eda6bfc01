import type { Request } from '../messages.ts';

/** Invalid input to the emulator itself, with a message. */
export class Declined extends Error {}

/** The JSON of a body. */
export function jsonOf({ body }: Request): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Declined('The body is not JSON');
  }
}
