/** Whether this code tells the client to ask again, for an outage or for our own pace. */
export function isLater(code: unknown): boolean {
  return code === 'UPSTREAM_UNAVAILABLE' || code === 'TOO_MANY_REQUESTS';
}
