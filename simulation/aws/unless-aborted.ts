/** Settles as the attempt does, or rejects when it is aborted first. An aborted request may still arrive. */
export function unlessAborted<T>(signal: AbortSignal | undefined, attempt: Promise<T>): Promise<T> {
  if (!signal) return attempt;
  return new Promise((resolve, reject) => {
    const aborted = () => reject(Object.assign(new Error('Request aborted'), { name: 'AbortError' }));
    signal.addEventListener('abort', aborted, { once: true });
    const stop = () => signal.removeEventListener('abort', aborted);
    attempt.then(resolve, reject).finally(stop);
  });
}
