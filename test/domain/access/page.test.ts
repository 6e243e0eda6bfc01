import { withinReplicas } from '../../../lib/domain/access/page.ts';
import type { Replica } from '../../../lib/domain/meeting/topology.ts';

const page = (...counts: number[]) =>
  counts.map((count, at) => ({ at, topology: { replicas: Array<Replica>(count) } }));
const kept = (...counts: number[]) => withinReplicas(page(...counts), 10).map(({ at }) => at);

describe('the front of a page of meetings', () => {
  it('is the whole page where its meetings have few replicas', () => {
    expect(kept(0, 4, 6, 0)).toEqual([0, 1, 2, 3]);
  });

  it('ends before the meeting that exceeds the number of replicas', () => {
    expect(kept(4, 6, 1, 0)).toEqual([0, 1]);
  });

  it('contains the first meeting, however many replicas it has', () => {
    expect(kept(11, 0)).toEqual([0]);
  });
});
