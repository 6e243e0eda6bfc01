import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { deliveryBy, MOST_ATTEMPTS, pauseAfterS } from '../../../lib/domain/webhooks/attempts.ts';

const pauses = (random: number) =>
  Array.from({ length: MOST_ATTEMPTS - 1 }, (_, n) => pauseAfterS(n + 1, random));
const hours = (seconds: number[]) => seconds.reduce((sum, each) => sum + each, 0) / 3600;

describe('the attempts to deliver a webhook', () => {
  it('span about a day, whatever the jitter', () => {
    expect(hours(pauses(0.5))).toBeCloseTo(24, 0);
    expect(hours(pauses(0))).toBeGreaterThan(17);
    expect(hours(pauses(0.999))).toBeLessThan(31);
  });

  it('begin after five seconds, double, and are never more than SQS’s twelve hours apart', () => {
    expect(pauses(0.5).slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(Math.max(...pauses(0.999))).toBeLessThan(43_200);
    expect(pauseAfterS(10_000, 0.999)).toBeLessThan(43_200);
  });

  it('are spread by half of the pause, so that messages that failed together do not return together', () => {
    expect([pauseAfterS(8, 0), pauseAfterS(8, 0.999)]).toEqual([480, 800]);
  });

  it('are as many as the deployed queue allows, which keeps messages for longer', () => {
    const { Webhooks } = parse(readFileSync('infra/webhooks.yml', 'utf8'), { logLevel: 'silent' }).Resources;
    expect(Webhooks.Properties.RedrivePolicy.maxReceiveCount).toBe(MOST_ATTEMPTS);
    expect(Webhooks.Properties.MessageRetentionPeriod / 3600).toBeGreaterThan(hours(pauses(0.999)) * 2);
  });
});

describe('the answer of a receiver', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [301, 'failed'],
    [307, 'failed'],
    [400, 'failed'],
    [410, 'gone'],
    [429, 'failed'],
    [500, 'failed'],
    [0, 'failed'],
  ])('%d means %s', (status, outcome) => {
    expect(deliveryBy(status)).toBe(outcome);
  });
});
