import { cpuBench } from '../../bench/cpu/cpu.ts';
import { heapBench } from '../../bench/cpu/heap.ts';
import { simulate } from '../../simulation/environment.ts';

simulate(process.env);

describe('the bench of processor time and memory', () => {
  it('counts what a warm container sends: none behind an empty handler, four requests for a join, one for a waiting answer', async () => {
    const { empty, first, repeated, waiting, look } = await cpuBench({ rounds: 1, requests: 20, names: 5 });
    expect([empty, first, repeated, waiting].map(({ asked }) => asked)).toEqual([20, 20, 20, 20]);
    expect(look.asked).toBe(5);
    expect(empty.sent).toBe(0);
    expect(first.sent).toBeLessThan(4.5);
    expect(repeated.sent).toBeLessThan(5.5);
    expect(waiting.sent).toBeLessThan(1.5);
    expect(look.sent).toBeLessThan(10);
  });

  it('finds at most one entry for each name in each cache of a container', async () => {
    const { entries } = await heapBench(60, 20);
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) expect(entry).toBeLessThanOrEqual(20);
  });
});
