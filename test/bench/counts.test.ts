import { countJoins, countQuietPass } from '../../bench/join/counts.ts';
import { simulate } from '../../simulation/environment.ts';

simulate(process.env);

/*
 * Exact numbers, so that a change of what a request costs is seen and decided. A lower number is written here and in
 * docs/performance.md.
 */
describe('in a warm container', () => {
  it('a first join, a repeated one and a waiting answer send no more requests and use no more units than before', async () => {
    expect(await countJoins()).toEqual({
      first: { requests: 4, reads: 3, writes: 3, chimeCalls: 0 },
      repeated: { requests: 4, reads: 4, writes: 1, chimeCalls: 0 },
      waiting: { requests: 1, reads: 1, writes: 0, chimeCalls: 0 },
    });
  });

  it('a pass of the reconciler over ten live names that need nothing asks Chime once for each, and DynamoDB no more than before', async () => {
    expect(await countQuietPass()).toEqual({
      looks: 10,
      requests: 45,
      reads: 45,
      writes: 44,
      chimeCalls: 10,
    });
  });

  it('a pass over ten live names with viewers in three replicas asks Chime for each replica too, and DynamoDB little more', async () => {
    expect(await countQuietPass({ replicas: 3, viewers: 12 })).toEqual({
      looks: 10,
      requests: 56,
      reads: 60,
      writes: 54,
      chimeCalls: 40,
    });
  });
});
