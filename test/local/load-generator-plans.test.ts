import { AUDIENCE_NAMES, homesOf } from '../../local/load-generator/audiences.ts';
import { replicasFor } from '../../local/load-generator/replica-limit.ts';
import { perSecond } from '../../local/load-generator/watch-chime.ts';

const countOf = (list: readonly string[], wanted: string) => list.filter((each) => each === wanted).length;

describe('the homes of an audience', () => {
  it.each(AUDIENCE_NAMES)('spread the first hundred viewers of %s like the first ten thousand', (name) => {
    const [few, many] = [homesOf(name, 100), homesOf(name, 10_000)];
    for (const mediaRegion of new Set(many)) {
      const share = countOf(many, mediaRegion) / 100;
      expect(Math.abs(countOf(few, mediaRegion) - share)).toBeLessThan(2);
    }
  });

  it('are the same for the same viewer, however large the audience', () => {
    expect(homesOf('world', 500).slice(0, 60)).toEqual(homesOf('world', 60));
  });
});

describe('the number of replicas for an audience', () => {
  it.each([
    [0, 4],
    [1000, 4],
    [1001, 5],
    [10_000, 40],
    [1_000_000, 100],
  ])('of %i people is %i', (people, replicas) => {
    expect(replicasFor(people)).toBe(replicas);
  });
});

describe('the measured number of calls a second', () => {
  it('is the mean between the oldest sample and the last', () => {
    const samples = [
      { at: 1000, calls: 10 },
      { at: 2000, calls: 15 },
      { at: 3000, calls: 35 },
    ];
    expect(perSecond(samples)).toBe(12.5);
  });

  it('is zero after a single sample, or when the emulator was reset', () => {
    expect(perSecond([{ at: 1000, calls: 10 }])).toBe(0);
    expect(
      perSecond([
        { at: 1000, calls: 10 },
        { at: 2000, calls: 0 },
      ]),
    ).toBe(0);
  });
});
