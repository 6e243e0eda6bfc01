import type { RequestContext } from '../../../lib/context.ts';
import {
  type Attempt,
  answered,
  clientRetry,
  RETRY_NOW,
  RETRY_SHORTLY,
  retryUntilAnswered,
} from '../../../lib/flows/shared/attempt.ts';
import type { Bounds } from '../../../lib/flows/shared/bounds.ts';

/** The results of successive attempts, each of which takes 100 ms, in a virtual time. The last one repeats. */
async function outcomeOf(bounds: Bounds, ...results: Attempt<string>[]) {
  let now = 0;
  const pauses: number[] = [];
  const context = {
    now: () => now,
    random: () => 0.5,
    pause: async (ms: number) => {
      pauses.push(ms);
      now += ms;
    },
  } as RequestContext;
  let attempts = 0;
  const attempt = async (look: number) => {
    attempts++;
    now += 100;
    return results[Math.min(look, results.length - 1)] as Attempt<string>;
  };
  const answer = await retryUntilAnswered(
    context,
    bounds,
    attempt,
    (later) => `else: ${later?.retryAfterMs}`,
  );
  return { answer, attempts, pauses };
}

describe('a retry loop', () => {
  it('returns the first answer, and pauses with jitter only while another request is at work', async () => {
    const bounds = { attempts: 9, pauseMs: 60 };
    expect(await outcomeOf(bounds, RETRY_NOW, RETRY_SHORTLY, RETRY_NOW, answered('yes'))).toEqual({
      answer: 'yes',
      attempts: 4,
      pauses: [90],
    });
  });

  it('leaves the retry to the client as soon as an attempt requires it', async () => {
    expect(await outcomeOf({ attempts: 9 }, RETRY_NOW, clientRetry(700))).toEqual({
      answer: 'else: 700',
      attempts: 2,
      pauses: [],
    });
  });

  it('ends after its number of attempts, also when each makes progress', async () => {
    expect(await outcomeOf({ attempts: 5, withinMs: 1 }, RETRY_NOW)).toMatchObject({
      answer: 'else: undefined',
      attempts: 5,
    });
  });

  it('ends after its number of attempts while another request is at work, without a last pause', async () => {
    expect(await outcomeOf({ attempts: 3, pauseMs: 60, isSteady: true }, RETRY_SHORTLY)).toEqual({
      answer: 'else: undefined',
      attempts: 3,
      pauses: [60, 60],
    });
  });

  it('ends after its time while another request is at work, without a last pause', async () => {
    const bounds = { attempts: 24, pauseMs: 300, withinMs: 1000, isSteady: true };
    expect(await outcomeOf(bounds, RETRY_SHORTLY)).toEqual({
      answer: 'else: undefined',
      attempts: 4,
      pauses: [300, 300, 300],
    });
  });
});
