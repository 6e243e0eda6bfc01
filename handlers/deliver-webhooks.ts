import { deliveryQueue } from '../lib/events/deliveries.ts';
import { deliverWebhook } from '../lib/flows/webhooks/deliver.ts';

/** Sends webhooks from their queue to the endpoints. */
export const handler = deliveryQueue(deliverWebhook);
