import { Refusal } from '../../../lib/refusals.ts';
import { person } from '../people.ts';
import { dieAt } from './death.ts';
import type { Job, Outcome } from './jobs.ts';
import { stallAt } from './stall.ts';

/**
 * A process with module state of its own, like a Lambda container. It answers jobs until it is stopped. It is warm before the
 * first job, because compiling code would let connections time out.
 */
process.on('message', async (message: 'go on' | { id: number; job: Job }) => {
  if (message === 'go on') return;
  const { id, job } = message;
  if (job.death) dieAt(job.death);
  if (job.stall) stallAt(job.stall);
  process.send?.({ id, outcome: await outcomeOf(job) });
});
process.once('disconnect', () => process.exit());
void outcomeOf({ verb: 'get', name: 'nobody-knows', user: 'nobody', role: 'viewer' }).then(() =>
  process.send?.('ready'),
);

async function outcomeOf({ verb, name, user, role, body = {} }: Job): Promise<Outcome> {
  try {
    return { kind: 'answered', answer: await person(name, user, { role })[verb](body) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', code: error.code };
    return { kind: 'failed', error: String((error as Error).stack) };
  }
}
