import type { Answer } from '../../context.ts';

/** Say that we are alive. It asks nobody else, so an outage upstream does not make it lie about us. */
export async function getHealth(): Promise<Answer> {
  return { status: 200, body: { status: 'ok' } };
}
