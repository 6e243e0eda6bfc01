import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parse } from 'yaml';
import type { Delivery, EventListener } from '../emulator/state/deliveries.ts';
import { type Queue, startQueue } from './queue.ts';

/** The subset of EventBridge patterns that our rule uses. */
interface Pattern {
  [member: string]: string[] | Pattern;
}

/** The address at which serverless-offline stands in for Lambda, and its name of the function. */
export interface LambdaTarget {
  port: number;
  functionName: string;
}

/**
 * Stands in for infra/events.yml. Events that match the deployed rule, and all of Chime's own notifications, go to a queue
 * and from there to the function, with the deployed number of attempts.
 */
export function feedChimeEvents(
  onEvent: (listener: EventListener) => void,
  invoke: (batch: SQSEvent) => Promise<SQSBatchResponse>,
): Queue {
  const { pattern, maxReceives } = readDescription();
  const bury = ({ body }: { body: string }) => console.error(`Given up after ${maxReceives} tries: ${body}`);
  const queue = startQueue({ invoke, maxReceives, bury });
  onEvent((delivery) => {
    if (isForQueue(pattern, delivery)) queue.send(JSON.stringify(delivery.event));
  });
  return queue;
}

/** Invokes a function through serverless-offline's stand-in for Lambda. Throws if the function throws. */
export function invokerOf<Batch = SQSEvent, Response = SQSBatchResponse>({
  port,
  functionName,
}: LambdaTarget) {
  const address = `http://127.0.0.1:${port}/2015-03-31/functions/${functionName}/invocations`;
  return async (batch: Batch): Promise<Response> => {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(batch) });
    const text = await answer.text();
    const response = text ? JSON.parse(text) : undefined;
    if (!answer.ok || response?.errorMessage !== undefined) throw new Error(`${functionName}: ${text}`);
    return response as Response;
  };
}

function isForQueue(pattern: Pattern, { via, event }: Delivery): boolean {
  return via === 'SQS' || (via === 'EventBridge' && matches(pattern, event));
}

function matches(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const held = (value as Record<string, unknown> | undefined)?.[name];
    return Array.isArray(wanted) ? wanted.includes(held as string) : matches(wanted, held);
  });
}

/** Reads the pattern and the attempts from the deployed template, so that the local ones cannot differ. */
function readDescription(root = process.cwd()): { pattern: Pattern; maxReceives: number } {
  const template = parse(readFileSync(join(root, 'infra/events.yml'), 'utf8'), { logLevel: 'silent' });
  const { ChimeEventsRule, ChimeEvents } = template.Resources;
  return {
    pattern: ChimeEventsRule.Properties.EventPattern,
    maxReceives: ChimeEvents.Properties.RedrivePolicy.maxReceiveCount,
  };
}
