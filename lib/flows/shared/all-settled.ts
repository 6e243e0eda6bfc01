/** The results of several pieces of work. Where one fails, its error is thrown once none is under way any more. */
export async function allSettledOrThrow<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
