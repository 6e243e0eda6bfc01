import type { Answer } from '../../context.ts';

/** Report that this function runs. It calls no other service, so an upstream outage does not affect it. */
export async function getHealth(): Promise<Answer> {
  return { status: 200, body: { status: 'ok' } };
}
