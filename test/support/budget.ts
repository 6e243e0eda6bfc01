/**
 * Says before each run of a property whether it takes place: the first `atLeast` runs do, and further ones until the time is up. So
 * a slow machine tests less, and never nothing.
 */
export function budget({ forMs, atLeast }: { forMs: number; atLeast: number }): () => boolean {
  const deadline = Date.now() + forMs;
  let runs = 0;
  return () => runs++ < atLeast || Date.now() < deadline;
}
