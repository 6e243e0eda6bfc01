/** The first pause, and the longest (seconds). SQS hides a message for twelve hours at most. */
const FIRST_S = 5;
const LONGEST_S = 10_800;

/** How often a message is sent before it goes to the dead-letter queue: for about a day. infra/webhooks.yml says the same. */
export const MOST_ATTEMPTS = 19;

/**
 * How long a message waits after this attempt, counted from 1 (whole seconds): twice as long as after the one before, up to three
 * hours, and a quarter more or less, so that messages that failed together do not return together. `random`: in [0, 1).
 */
export function pauseAfterS(attempt: number, random: number): number {
  const average = Math.min(LONGEST_S, FIRST_S * 2 ** Math.min(attempt - 1, 30));
  return Math.round(average * (0.75 + random / 2));
}

/** What became of one attempt. */
export type Delivery = 'delivered' | 'gone' | 'failed';

/**
 * What an answer of the receiver means. 410 tells that the endpoint is gone: the message is dropped. Every other status outside
 * of 2xx is a failure, redirections too.
 */
export function deliveryBy(status: number): Delivery {
  if (status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'failed';
}
