import { reconcilerBench } from '../../bench/reconciler/reconciler.ts';
import { simulate } from '../../simulation/environment.ts';

simulate(process.env);

/** In virtual time: a pass begins every minute, and looks at names in trouble first. */
const A_MINUTE = 62;
/** The second pass after the last proof checks a primary. */
const THREE_MINUTES = 182;

describe('the reconciler over live names that need nothing', () => {
  it('asks for little, and looks at the names in trouble among them within a minute', async () => {
    const { aNameAndMinute, throttles, secondsUntilSeen } = await reconcilerBench({
      names: 60,
      minutes: 12,
      troubles: 2,
    });
    expect(aNameAndMinute.dynamoRequests).toBeLessThanOrEqual(2);
    expect(aNameAndMinute.chimeCalls).toBeLessThanOrEqual(0.6); // a look in five minutes, a check in two or three, and the troubles
    expect(throttles).toBe(0);
    expect(secondsUntilSeen).toEqual({
      'dead, one event arrived': { p50: expect.any(Number), most: expect.any(Number) },
      'dead, all events lost': { p50: expect.any(Number), most: expect.any(Number) },
      'opening not finished': { p50: expect.any(Number), most: expect.any(Number) },
    });
    for (const kind of ['dead, one event arrived', 'opening not finished'] as const)
      expect((secondsUntilSeen[kind] as { most: number }).most).toBeLessThanOrEqual(A_MINUTE);
    const unseen = secondsUntilSeen['dead, all events lost'] as { most: number };
    expect(unseen.most).toBeLessThanOrEqual(THREE_MINUTES);
  });
});
