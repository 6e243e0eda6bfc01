import type { Death } from './jobs.ts';
import { type Send, wrapRequests } from './requests.ts';

/**
 * Let this process be killed at one request, counted over all clients and attempts. What it sent before is
 * answered first, unseen, so that each run has exactly the effects of the requests that come before its death.
 */
export function dieAt({ when, request: fatal }: Death): void {
  const underWay = new Set<Promise<unknown>>();
  let sent = 0;
  wrapRequests((send: Send) => async (request) => {
    const mine = ++sent;
    if (sent > fatal || (mine === fatal && when === 'before')) return die(underWay);
    const answered = send(request);
    underWay.add(answered);
    const answer = await answered;
    return sent >= fatal && when === 'after' ? die(underWay) : answer;
  });
}

async function die(underWay: Set<Promise<unknown>>): Promise<never> {
  await Promise.allSettled(underWay);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}
