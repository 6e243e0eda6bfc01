import { onStream } from '../lib/events/stream.ts';
import { publishEvents } from '../lib/flows/webhooks/publish.ts';

/** Turns the changes of the table into webhooks, and puts them into their queue. */
export const handler = onStream(publishEvents);
