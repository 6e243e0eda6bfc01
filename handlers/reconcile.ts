import { onSchedule } from '../lib/events/schedule.ts';
import { reconcile } from '../lib/flows/reconcile/run.ts';

/** Every minute: reconcile the records with Chime. */
export const handler = onSchedule(reconcile);
