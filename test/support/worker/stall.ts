import { wrapRequests } from './requests.ts';

/** Stops this process before one request, reports it, and continues on command: a frozen container. */
export function stallAt(request: number): void {
  let sent = 0;
  const resumed = new Promise<unknown>((resolve) => {
    process.on('message', (message) => message === 'go on' && resolve(message));
  });
  wrapRequests((send) => async (input) => {
    if (++sent >= request) {
      if (sent === request) process.send?.('stalled');
      await resumed;
    }
    return send(input);
  });
}
