import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { webhookOptions } from '../../lib/domain/webhooks/options.ts';
import { invokerOf } from '../chime-events.ts';
import { LOCAL_SIGNING_KEY, type LocalWebhooks, startWebhooks } from './start.ts';

type Environment = Record<string, unknown>;

/** One of the two functions of webhooks, as serverless.yml describes it. */
interface WebhookFunction {
  name: string;
  environment: Environment;
}

export interface WebhookService {
  provider: { environment: Environment };
  functions: { publishEvents: WebhookFunction; deliverWebhooks: WebhookFunction };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Starts the stand-ins for webhooks, if the parameter `webhookUrls` names any, and points all functions to them. Throws for an
 * invalid parameter. `attempts`: after so many attempts a webhook is dead; as deployed if absent.
 */
export async function wireWebhooks(
  { provider, functions }: WebhookService,
  {
    dynamodbUrl,
    lambdaPort,
    attempts,
  }: { dynamodbUrl: string; lambdaPort: number; attempts?: number | undefined },
): Promise<(LocalWebhooks & { urls: readonly string[]; signing: string }) | undefined> {
  const both = [functions.publishEvents, functions.deliverWebhooks];
  const { WEBHOOK_URLS, WEBHOOK_EVENTS } = functions.publishEvents.environment;
  const signing = textOf(functions.deliverWebhooks.environment.WEBHOOK_SIGNING) || LOCAL_SIGNING_KEY;
  const texts = { urls: textOf(WEBHOOK_URLS), events: textOf(WEBHOOK_EVENTS), signing };
  const { urls } = webhookOptions(texts, { isLocal: true });
  for (const { environment } of both) environment.WEBHOOKS_QUEUE_URL = ''; // the template's is a reference
  if (urls.length === 0) return undefined;
  const targetOf = ({ name }: WebhookFunction) => ({ port: lambdaPort, functionName: name });
  const invoked = {
    publish: invokerOf<object, unknown>(targetOf(functions.publishEvents)),
    deliver: invokerOf<SQSEvent, SQSBatchResponse>(targetOf(functions.deliverWebhooks)),
  };
  const webhooks = await startWebhooks(dynamodbUrl, invoked, { attempts });
  Object.assign(provider.environment, { AWS_ENDPOINT_URL_DYNAMODB: webhooks.dynamodbUrl });
  for (const { environment } of both)
    Object.assign(environment, webhooks.environment, { WEBHOOK_SIGNING: signing });
  return { ...webhooks, urls, signing };
}

/** Reads from WEBHOOK_ATTEMPTS after how many attempts a webhook is dead. Undefined: as deployed. */
export function readAttempts({ WEBHOOK_ATTEMPTS: given }: NodeJS.ProcessEnv): number | undefined {
  if (!given) return undefined;
  const attempts = Number(given);
  if (!Number.isInteger(attempts) || attempts < 1)
    throw new TypeError(`WEBHOOK_ATTEMPTS: '${given}' is not a number of attempts`);
  return attempts;
}
