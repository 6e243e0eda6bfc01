/** Runs at most this many jobs at once; the others are queued in order of arrival. */
export function slots(most: number) {
  const line: (() => void)[] = [];
  let free = most;

  async function enter(): Promise<void> {
    if (free > 0) free--;
    else await new Promise<void>((go) => line.push(go));
  }

  function leave(): void {
    const next = line.shift();
    if (next) next();
    else free++;
  }

  return async <Done>(job: () => Promise<Done>): Promise<Done> => {
    await enter();
    try {
      return await job();
    } finally {
      leave();
    }
  };
}
