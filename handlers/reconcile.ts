import { onSchedule } from '../lib/events/schedule.ts';
import { reconcile } from '../lib/flows/reconcile/run.ts';

/** Every minute: make records true again. */
export const handler = onSchedule(reconcile);
