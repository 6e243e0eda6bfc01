import { eventQueue } from '../lib/events.ts';
import { applyEvent } from '../lib/flows/epoch/apply-event.ts';

/** Applies Chime's events from the queue that EventBridge and Chime's own notifications send them to. */
export const handler = eventQueue(applyEvent);
