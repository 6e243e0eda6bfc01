import { busiestWindow, percentile, rounded } from '../../simulation/numbers.ts';

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);

  it('is the value that the given share of the numbers does not exceed', () => {
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 100)).toBe(100);
  });

  it('is one of the numbers, never between two', () => {
    expect(percentile([4, 1], 50)).toBe(1);
    expect(percentile([4, 1], 51)).toBe(4);
  });

  it('does not reorder the numbers', () => {
    const numbers = [3, 1, 2];
    percentile(numbers, 50);
    expect(numbers).toEqual([3, 1, 2]);
  });

  it('of no numbers is an error', () => {
    expect(() => percentile([], 50)).toThrow(TypeError);
  });
});

describe('the busiest window', () => {
  it('slides, so that it finds what fixed seconds would split', () => {
    expect(busiestWindow([900, 950, 1000, 1050], 1000)).toBe(4);
  });

  it('is exactly as long as given', () => {
    expect(busiestWindow([0, 999], 1000)).toBe(2);
    expect(busiestWindow([0, 1000], 1000)).toBe(1);
  });

  it('accepts instants in any order, and equal ones', () => {
    expect(busiestWindow([5000, 0, 5000, 5000, 1], 1000)).toBe(3);
    expect(busiestWindow([], 1000)).toBe(0);
  });
});

it('rounds to the given number of digits', () => {
  expect(rounded(1.2349)).toBe(1.23);
  expect(rounded(1.2349, 3)).toBe(1.235);
});
