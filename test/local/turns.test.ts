import { turns } from '../../local/turns.ts';

describe('taking turns', () => {
  it('lets so many in at once, and the others in the order in which they came', async () => {
    const { enter, leave } = turns(2);
    const inside: number[] = [];
    const all = [1, 2, 3, 4].map((k) => enter().then(() => inside.push(k)));
    await Promise.all(all.slice(0, 2));
    expect(inside).toEqual([1, 2]);
    leave();
    await all[2];
    expect(inside).toEqual([1, 2, 3]);
    leave();
    await all[3];
    for (let k = 0; k < 2; k++) leave();
    await Promise.all([enter(), enter()]);
  });
});
