import { chime } from '../../lib/chime/client.ts';
import { table } from '../../lib/store/table.ts';
import type { Death } from './worker-jobs.ts';

type Send = (request: unknown) => Promise<unknown>;

/** What the middleware stacks of all three clients have in common, as far as it is used here. */
interface Stack {
  add(middleware: (send: Send) => Send, where: { step: 'deserialize'; priority: 'low' }): void;
}

/**
 * Let this process be killed at one request, counted over all clients and attempts. What it sent before is
 * answered first, unseen, so that each run has exactly the effects of the requests that come before its death.
 */
export function dieAt({ when, request: fatal }: Death): void {
  const underWay = new Set<Promise<unknown>>();
  let sent = 0;
  const deadlyFrom = (send: Send) => async (request: unknown) => {
    const mine = ++sent;
    if (sent > fatal || (mine === fatal && when === 'before')) return die(underWay);
    const answered = send(request);
    underWay.add(answered);
    const answer = await answered;
    return sent >= fatal && when === 'after' ? die(underWay) : answer;
  };
  const stacks: unknown[] = [table().middlewareStack, ...clientsOfChime()];
  for (const stack of stacks as Stack[]) stack.add(deadlyFrom, { step: 'deserialize', priority: 'low' });
}

const clientsOfChime = () => [chime().once.middlewareStack, chime().repeatable.middlewareStack];

async function die(underWay: Set<Promise<unknown>>): Promise<never> {
  await Promise.allSettled(underWay);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}
