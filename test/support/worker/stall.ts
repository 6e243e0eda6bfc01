import { wrapRequests } from './requests.ts';

/** Let this process stop before one request, say so, and go on when it is told to: a container that froze. */
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
