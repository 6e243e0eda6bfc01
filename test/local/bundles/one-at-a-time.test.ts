import { oneAtATime } from '../../../local/bundles/one-at-a-time.ts';

/** Work that ends when the test says so. */
function heldWork() {
  const ends: ((error?: Error) => void)[] = [];
  const run = () =>
    new Promise<number>((resolve, reject) => {
      const number = ends.length;
      ends.push((error) => (error ? reject(error) : resolve(number)));
    });
  return { ends, once: oneAtATime(run) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('work that runs one at a time', () => {
  it('is done once more for all calls during a run, after that run', async () => {
    const { ends, once } = heldWork();
    const first = once();
    const later = [once(), once(), once()];
    await settled();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(await first).toBe(0);
    await settled();
    expect(ends).toHaveLength(2);
    ends[1]?.();
    expect(await Promise.all(later)).toEqual([1, 1, 1]);
  });

  it('begins at once where nothing runs', async () => {
    const { ends, once } = heldWork();
    for (const number of [0, 1]) {
      const done = once();
      ends[number]?.();
      expect(await done).toBe(number);
    }
  });

  it('goes on after a run that failed', async () => {
    const { ends, once } = heldWork();
    const first = once();
    const later = once();
    ends[0]?.(new Error('a file does not parse'));
    await expect(first).rejects.toThrow('does not parse');
    await settled();
    ends[1]?.();
    expect(await later).toBe(1);
  });
});
