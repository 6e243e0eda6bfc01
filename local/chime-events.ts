import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { parse } from 'yaml';
import type { Delivery, EventListener } from '../emulator/state/deliveries.ts';
import { type Queue, startQueue } from './queue.ts';

/** The part of EventBridge's patterns that our rule uses. */
interface Pattern {
  [member: string]: string[] | Pattern;
}

/** Where serverless-offline answers for Lambda, and by which name it knows the function. */
export interface LambdaTarget {
  port: number;
  functionName: string;
}

/**
 * What infra/events.yml is on AWS: those of Chime's events that the deployed rule lets through, and all of Chime's
 * own notifications, go to a queue, and from there to the function, with as many tries as deployed.
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

/** Call a function as Lambda would be called, where serverless-offline answers for it; throws if it does. */
export function invokerOf({ port, functionName }: LambdaTarget) {
  const address = `http://127.0.0.1:${port}/2015-03-31/functions/${functionName}/invocations`;
  return async (batch: SQSEvent): Promise<SQSBatchResponse> => {
    const answer = await fetch(address, { method: 'POST', body: JSON.stringify(batch) });
    const response = (await answer.json()) as SQSBatchResponse | { errorMessage: string };
    if ('batchItemFailures' in response) return response;
    throw new Error(`${functionName}: ${JSON.stringify(response)}`);
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

/** What is deployed, so that what runs here cannot differ from it. */
function readDescription(root = process.cwd()): { pattern: Pattern; maxReceives: number } {
  const template = parse(readFileSync(join(root, 'infra/events.yml'), 'utf8'), { logLevel: 'silent' });
  const { ChimeEventsRule, ChimeEvents } = template.Resources;
  return {
    pattern: ChimeEventsRule.Properties.EventPattern,
    maxReceives: ChimeEvents.Properties.RedrivePolicy.maxReceiveCount,
  };
}
