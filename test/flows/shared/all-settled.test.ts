import { allSettledOrThrow } from '../../../lib/all-settled.ts';

describe('concurrent work', () => {
  it('gives its results in order', async () => {
    const [text, number] = await allSettledOrThrow([Promise.resolve('a'), 2]);
    expect([text.toUpperCase(), number.toFixed(1)]).toEqual(['A', '2.0']);
  });

  it('throws the error of one part only after the others have settled', async () => {
    let settle: () => void = () => undefined;
    const late = new Promise<void>((resolve) => {
      settle = resolve;
    });
    let isOver = false;
    const work = allSettledOrThrow([Promise.reject(new Error('no')), late]).finally(() => {
      isOver = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isOver).toBe(false);
    settle();
    await expect(work).rejects.toThrow('no');
  });
});
