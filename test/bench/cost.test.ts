import { dollarsPerMillion, memoryMb, PRICES } from '../../bench/cost.ts';

const NOTHING = { requests: 0, lambdaMs: 0, readUnits: 0, writeUnits: 0, responseBytes: 0 };

describe('the cost of a million joins', () => {
  it('sums the cost of requests, milliseconds, units and bytes', () => {
    const usage = { requests: 2, lambdaMs: 1000, readUnits: 4, writeUnits: 3, responseBytes: 1000 };
    expect(dollarsPerMillion(usage, 512)).toEqual({
      httpApi: 2,
      lambda: 0.4 + 6.667,
      dynamodb: 0.5 + 1.875,
      transfer: 0.09,
      total: 11.532,
    });
  });

  it('is zero without usage', () => {
    expect(dollarsPerMillion(NOTHING, 512).total).toBe(0);
  });

  it('grows with the memory, and only for the billed time', () => {
    const [small, large] = [512, 1024].map((memory) =>
      dollarsPerMillion({ ...NOTHING, lambdaMs: 10 }, memory),
    );
    expect(large?.lambda).toBeCloseTo(2 * (small?.lambda ?? 0), 2);
    expect(dollarsPerMillion({ ...NOTHING, requests: 1 }, 512).lambda).toBe(PRICES.lambdaPerMillionRequests);
  });
});

it('uses the deployed memory size', () => {
  expect(memoryMb()).toBe(1024);
});
