import { setTimeout } from 'node:timers/promises';
import { chime } from '../../lib/chime/client.ts';
import { table } from '../../lib/store/table.ts';

type Send = (request: unknown) => Promise<unknown>;

/** What the middleware stacks of all three clients have in common, as far as it is used here. */
interface Stack {
  add(middleware: (send: Send) => Send, where: { step: 'build' }): void;
}

/** How late: so many milliseconds, or until something is done. */
export type Delay = number | Promise<unknown>;

export interface Latency {
  /** From now on, each request and each answer is so late, in turn; those after the last are not late. */
  plan(delays: readonly Delay[]): void;
  /** Wait until the last planned delay has begun. */
  lastBegun(): Promise<void>;
}

/** Make the wires to DynamoDB and Chime late at will, so that what races happens in another order. */
export function laggingWires(): Latency {
  let planned: Delay[] = [];
  const lag = async () => {
    const delay = planned.shift();
    if (delay) await (typeof delay === 'number' ? setTimeout(delay) : delay);
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
    lastBegun: async () => {
      while (planned.length > 0) await setTimeout(1);
    },
  };
}

/** Something to wait for until it is opened. */
export function aGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
