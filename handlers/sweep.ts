import { onSchedule } from '../lib/events/schedule.ts';
import { sweep } from '../lib/flows/sweep.ts';

/** Every minute: make records true again. */
export const handler = onSchedule(sweep);
