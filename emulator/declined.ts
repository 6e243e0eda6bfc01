import * as z from 'zod';

/** Invalid input to the emulator itself, with a message. */
export class Declined extends Error {
  override name = 'Declined';
}

/** Returns the parsed value. Throws `Declined` with a message that names every invalid member. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Declined(z.prettifyError(result.error));
  return result.data;
}
