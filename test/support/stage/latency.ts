import { setTimeout } from 'node:timers/promises';
import { chime } from '../../../lib/chime/client.ts';
import { table } from '../../../lib/store/table.ts';
import { aGate, type Gate } from '../gate.ts';
import { overSockets } from '../local-world.ts';
import { clock } from '../skipping-clock.ts';

type WireKey = { pk?: { S?: string }; sk?: { S?: string } };

/** The part of a request that tells which it is; a key as DynamoDB writes it. */
interface Request {
  input: { Key?: WireKey; Item?: WireKey };
}

type Send = (request: Request) => Promise<unknown>;

/** What the middleware stacks of all three clients have in common, as far as it is used here. */
interface Stack {
  add(middleware: (send: Send, context: { commandName?: string }) => Send, where: { step: 'build' }): void;
}

/** One request by its operation and, at DynamoDB, the key of its item; held before it is sent, or its answer is. */
export interface Held {
  operation: string;
  item?: { pk: string; sk: string };
  at: 'request' | 'answer';
}

export interface Latency {
  /**
   * From now on, each request and each answer is so many turns of the event loop late, one after the other; those after the last are
   * not. In one process the same plan gives the same order, however fast the machine is. Over sockets it is milliseconds.
   */
  plan(delays: readonly number[]): void;
  /** Hold up the next of these, until the gate is opened. */
  hold(held: Held): Gate;
}

/** Make the wires to DynamoDB and Chime late at will, so that what races happens in another order. */
export function laggingWires(): Latency {
  let planned: number[] = [];
  let holds: { held: Held; gate: Gate }[] = [];
  const lag = async (at: Held['at'], operation: string, request: Request) => {
    const delay = planned.shift();
    if (delay) await clock.during(() => (overSockets() ? setTimeout(delay) : turns(delay)));
    const hold = holds.find(({ held }) => held.at === at && isThis(held, operation, request));
    holds = holds.filter((one) => one !== hold);
    await hold?.gate.pause();
  };
  const late = (send: Send, { commandName = '' }) => {
    const operation = commandName.replace(/Command$/, '');
    return async (request: Request) => {
      await lag('request', operation, request);
      const answer = await send(request);
      await lag('answer', operation, request);
      return answer;
    };
  };
  const clients = [table(), chime().once, chime().repeatable];
  for (const { middlewareStack } of clients)
    (middlewareStack as unknown as Stack).add(late, { step: 'build' });
  return {
    plan: (delays) => {
      planned = [...delays];
    },
    hold: (held) => {
      const gate = aGate();
      holds.push({ held, gate });
      return gate;
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function isThis({ operation, item }: Held, asked: string, { input }: Request): boolean {
  if (operation !== asked) return false;
  const key = input.Key ?? input.Item;
  return !item || (key?.pk?.S === item.pk && key.sk?.S === item.sk);
}
