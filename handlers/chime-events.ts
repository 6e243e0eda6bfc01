import { eventQueue } from '../lib/events.ts';
import { foldEvent } from '../lib/flows/epoch/apply-event.ts';

/** Chime's events, from the queue that EventBridge and Chime's own notifications send them to. */
export const handler = eventQueue(foldEvent);
