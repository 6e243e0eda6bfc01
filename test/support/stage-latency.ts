import { setTimeout } from 'node:timers/promises';
import { chime } from '../../lib/chime/client.ts';
import { table } from '../../lib/store/table.ts';

type Send = (request: unknown) => Promise<unknown>;

/** What the middleware stacks of all three clients have in common, as far as it is used here. */
interface Stack {
  add(middleware: (send: Send) => Send, where: { step: 'build' }): void;
}

export interface Latency {
  /** From now on, each request and each answer is so many milliseconds late, in turn; later ones are not. */
  plan(delays: readonly number[]): void;
}

/** Make the wires to DynamoDB and Chime late at will, so that what races happens in another order. */
export function laggingWires(): Latency {
  let planned: number[] = [];
  const lag = async () => {
    const ms = planned.shift();
    if (ms) await setTimeout(ms);
  };
  const late = (send: Send) => async (request: unknown) => {
    await lag();
    const answer = await send(request);
    await lag();
    return answer;
  };
  const clients = [table(), chime().once, chime().repeatable];
  for (const { middlewareStack } of clients)
    (middlewareStack as unknown as Stack).add(late, { step: 'build' });
  return {
    plan: (delays) => {
      planned = [...delays];
    },
  };
}
