import { sampleOf } from '../../../lib/domain/client-events/report.ts';
import { primary, replica, topology } from '../../support/topologies.ts';

const withReplicas = (many: number) =>
  topology(primary(), ...Array.from({ length: many }, () => replica('us-east-1', { capacity: 250 })));

describe('the share of clients that report', () => {
  it('is all of an audience of a thousand seats, and about a thousand clients of a larger one', () => {
    expect([1, 4, 5, 40].map((many) => sampleOf(withReplicas(many), true))).toEqual([1, 1, 0.8, 0.1]);
  });

  it('is everybody on stage, whatever the audience', () => {
    expect(sampleOf(withReplicas(40), false)).toBe(1);
  });

  it('is what the host says, also none', () => {
    const silent = withReplicas(1);
    const options = { ...silent.options, clientEventsSample: 0 };
    expect([true, false].map((isViewer) => sampleOf({ ...silent, options }, isViewer))).toEqual([0, 0]);
  });
});
