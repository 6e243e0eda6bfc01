/**
 * The same work, never twice at once. A call during a run gets the result of one more run, which begins when the first has
 * ended; all calls until then share it.
 */
export function oneAtATime<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | undefined;
  let next: Promise<Result> | undefined;
  const begin = () => {
    next = undefined;
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (!running) return next ?? begin();
    next ??= running.then(begin, begin);
    return next;
  };
}
