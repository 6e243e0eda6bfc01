import type { Answered } from '../simulation/deployment/client.ts';
import type { Deployment } from '../simulation/deployment/deployment.ts';

/** A person gives up after this time (milliseconds). */
export const MAX_WAIT_MS = 300_000;

/** Repeats a request as told until it is done. Throws if it is refused, or not done in time. */
export async function untilAnswered(deployment: Deployment, once: () => Promise<Answered>): Promise<void> {
  const from = deployment.clock.now;
  for (;;) {
    const { status, body, retryAfterMs } = await once();
    if (retryAfterMs === undefined && status < 400) return;
    if (retryAfterMs === undefined || deployment.clock.now - from > MAX_WAIT_MS) throw new Error(body);
    await deployment.wait(retryAfterMs);
  }
}
