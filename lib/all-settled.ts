/**
 * The results of concurrent work, as `Promise.all` gives them. If one part fails, its error is thrown after all parts
 * have settled, so that no work is in flight then.
 */
export async function allSettledOrThrow<Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Part in keyof Work]: Awaited<Work[Part]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
