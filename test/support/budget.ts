/**
 * Whether this is `npm run test:soak`. The tests that ask play some cases in `npm test`, and all of them there. jest.soak.cjs names
 * those tests, and sets the variable.
 */
export const isSoak = process.env.SOAK === 'on';

/**
 * The steps of a work at which a test crosses it: each of them in a soak, and every third of them otherwise. `most` is more than the
 * work has.
 */
export function crossedSteps(most: number): number[] {
  const steps = Array.from({ length: most }, (_, k) => k + 1);
  return steps.filter((n) => isSoak || n % 3 === 1);
}

/**
 * Says before each run of a property whether it takes place: the first `atLeast` runs do, and further ones until the time is up. So
 * a slow machine tests less, and never nothing. `soakMs` is the time in a soak.
 */
export function budget({
  forMs,
  soakMs,
  atLeast,
}: Record<'forMs' | 'soakMs' | 'atLeast', number>): () => boolean {
  const deadline = performance.now() + (isSoak ? soakMs : forMs);
  let runs = 0;
  return () => runs++ < atLeast || performance.now() < deadline;
}
