import * as z from 'zod/mini';
import { type Delivery, deliveryBy, pauseAfterS } from '../../domain/webhooks/attempts.ts';
import { WEBHOOK_TYPES } from '../../domain/webhooks/event.ts';
import { signatureOf } from '../../domain/webhooks/signature.ts';
import { options } from '../../webhooks/options.ts';
import { post } from '../../webhooks/post.ts';
import { postpone } from '../../webhooks/queue.ts';
import { signingKeys } from '../../webhooks/signing-keys.ts';

/** A message as the queue gives it. */
export interface Received {
  body: string;
  receiptHandle: string;
  /** How often it was received, this time included. */
  receives: number;
}

/** What the log may say of a delivery: the endpoint by its host only, because a path may hold a secret. */
export interface Delivered {
  outcome: Delivery | 'removed';
  webhookId: string;
  type: string;
  endpoint: string;
  /** The status that the receiver answered with. */
  answered?: number;
  /** Why there was no answer. */
  error?: unknown;
  /** After this many seconds the message is sent again, or it is dead. */
  againAfterS?: number;
}

interface Chance {
  now: () => number;
  random: () => number;
}

const addressed = z.object({
  id: z.string(),
  type: z.enum(WEBHOOK_TYPES),
  body: z.string(),
  url: z.string(),
});

/**
 * Send a message to its endpoint once. After a failure the message is hidden for a pause that grows with the attempts. A message
 * for an endpoint that is no longer among the settings is dropped.
 */
export async function deliverWebhook(received: Received, { now, random }: Chance): Promise<Delivered> {
  const { url, id, type, body } = addressed.parse(JSON.parse(received.body));
  const { urls, isLocal } = options();
  const facts = { webhookId: id, type, endpoint: new URL(url).host };
  if (!urls.includes(url)) return { ...facts, outcome: 'removed' };
  const answer = await attempt({ url, id, body, loopback: isLocal }, now);
  const outcome = 'answered' in answer ? deliveryBy(answer.answered) : 'failed';
  if (outcome !== 'failed') return { ...facts, ...answer, outcome };
  const againAfterS = pauseAfterS(received.receives, random());
  await postpone(received.receiptHandle, againAfterS);
  return { ...facts, ...answer, outcome, againAfterS };
}

/** Sign and send. The time in the signature is that of the attempt. */
async function attempt(
  { url, id, body, loopback }: { url: string; id: string; body: string; loopback: boolean },
  now: () => number,
): Promise<{ answered: number } | { error: unknown }> {
  try {
    const timestamp = Math.floor(now() / 1000);
    const signature = signatureOf({ id, timestamp, body }, await signingKeys(now()));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Balcony-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signature,
    };
    return { answered: await post({ url, headers, body, loopback }) };
  } catch (error) {
    return { error };
  }
}
