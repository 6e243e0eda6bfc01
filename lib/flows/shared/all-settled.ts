/**
 * The results of concurrent work. If one part fails, its error is thrown after all parts have settled, so that no
 * work is in flight then.
 */
export async function allSettledOrThrow<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
