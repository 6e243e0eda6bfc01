import { competing, fairWaitMs, hasRoom, pastCompetitors } from '../../../lib/domain/crowd/fair-wait.ts';

const NOW = 1_800_000_000_000;
const pace = { replicaMs: 300, maxWaitMs: 3000 };
const having = (...replicas: number[]) => replicas.map((count) => ({ replicas: count, at: NOW }));

describe('the wait of a name for the permits of another replica', () => {
  it('is as long as the caller allows where no other name opens replicas', () => {
    expect(fairWaitMs(7, [], pace)).toBe(3000);
  });

  it('is half a second for names with equally many replicas', () => {
    expect(fairWaitMs(3, having(3, 3), pace)).toBe(500);
  });

  it('is longer by the time of one replica for each that another name has more', () => {
    expect(fairWaitMs(0, having(4, 0), pace)).toBe(500 + 4 * 300);
    expect(fairWaitMs(0, having(40), pace)).toBe(3000);
  });

  it('is short while any other name has fewer replicas, so that it takes what the others leave', () => {
    expect(fairWaitMs(4, having(8, 3), pace)).toBe(200);
  });

  it('is never longer than the caller allows', () => {
    expect(fairWaitMs(3, having(3), { ...pace, maxWaitMs: 300 })).toBe(300);
    expect(fairWaitMs(4, having(3), { ...pace, maxWaitMs: 100 })).toBe(100);
  });
});

describe('the names that compete for permits', () => {
  const names = {
    ours: { replicas: 1, at: NOW },
    other: { replicas: 2, at: NOW - 3999 },
    before: { replicas: 3, at: NOW - 4000 },
  };

  it('are the others that reserved some within four seconds', () => {
    expect(competing(names, { own: 'ours', now: NOW })).toEqual([names.other]);
  });

  it('are forgotten after that', () => {
    expect(pastCompetitors(names, NOW)).toEqual(['before']);
  });

  it('are at most a hundred on record', () => {
    const of = (many: number) =>
      Object.fromEntries(Array.from({ length: many }, (_, k) => [`name-${k}`, { replicas: 1, at: NOW }]));
    expect([hasRoom(of(99)), hasRoom(of(100))]).toEqual([true, false]);
  });
});
