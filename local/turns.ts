/** Lets so many at once enter; the others enter in the order in which they came. */
export function turns(most: number) {
  const queue: (() => void)[] = [];
  let free = most;
  return {
    enter: async (): Promise<void> => {
      if (free > 0) free--;
      else await new Promise<void>((go) => queue.push(go));
    },
    leave: (): void => {
      const next = queue.shift();
      if (next) next();
      else free++;
    },
  };
}
