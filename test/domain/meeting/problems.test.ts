import { primaryProblemOf, problemsOf } from '../../../lib/domain/meeting/problems.ts';
import { cooling, learned, NOW, primary, topology } from '../../support/topologies.ts';

const at = (ms: number) => new Date(ms).toISOString();

describe('the problems of a meeting', () => {
  it('are none where Chime opened all requested meetings', () => {
    expect(problemsOf(topology(primary()))).toEqual([]);
  });

  it('name the limit that was reached, since when, and when the next attempt is due', () => {
    const kinds = (['account', 'primary', 'unknown'] as const).map((of) => {
      const [problem] = problemsOf(topology(primary(), learned(2, { of, since: NOW - 5, refusals: 2 })));
      expect(problem).toMatchObject({ since: at(NOW - 5), retryAt: at(NOW + 30_000) });
      expect(problem?.detail).toContain('no more than 2 replicas');
      return problem?.kind;
    });
    expect(kinds).toEqual(['account-limit', 'replica-limit', 'limit']);
  });

  it('name the media regions where Chime opens no replica', () => {
    expect(problemsOf(topology(primary(), cooling('eu-south-1', NOW + 9)))).toMatchObject([
      { kind: 'media-region', mediaRegion: 'eu-south-1', since: at(NOW), retryAt: at(NOW + 9) },
    ]);
  });

  it('say why the primary is not open, since the first failure of this kind', () => {
    const tried = { failure: 'limit', mediaRegion: 'us-east-1', now: NOW } as const;
    const first = primaryProblemOf(topology(), tried);
    const again = primaryProblemOf(
      { ...topology(), ...(first && { primaryProblem: first }) },
      { ...tried, now: NOW + 9 },
    );
    expect(again).toEqual({ because: 'limit', mediaRegion: 'us-east-1', since: NOW, at: NOW + 9 });
    expect(primaryProblemOf(topology(), { ...tried, failure: 'throttled' })).toBeUndefined();
  });
});
