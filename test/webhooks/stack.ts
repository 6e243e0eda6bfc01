import type { StreamHandler } from '../../lib/events/stream.ts';
import { forgetOwnAccount, localEnvironment } from '../../local/environment.ts';
import { until } from '../../local/until.ts';
import type { QueueClock } from '../../local/webhooks/message-queue.ts';
import { type LocalWebhooks, startWebhooks, type WebhookFunctions } from '../../local/webhooks/start.ts';

export const KEY = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

/** A clock that stands still until it is told to move on to the next thing that waits for it. */
export function createClock(): QueueClock & { skip: () => void } {
  const timers = new Set<{ at: number; call: () => void }>();
  let now = 1_900_000_000_000;
  return {
    now: () => now,
    after: (ms, call) => {
      const timer = { at: now + ms, call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    skip: () => {
      const [next] = [...timers].sort((one, other) => one.at - other.at);
      if (!next) return;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.call();
    },
  };
}

export interface WebhookStack extends LocalWebhooks {
  publish: StreamHandler;
  /** What the functions logged. */
  lines: string[];
  /** Milliseconds on the queue's clock. */
  now: () => number;
  /** Waits until this holds. Whenever the queue has nothing to do, its clock moves on to the next attempt. */
  skipUntil: (holds: () => boolean) => Promise<void>;
}

interface Options {
  urls: string[];
  events?: string;
  signing?: string;
  /** A DynamoDB in a world that is up, to which flows write. Without it, changes are given to `publish` directly. */
  dynamodbUrl?: string;
  /** More environment of the functions. */
  environment?: Record<string, string>;
  /** Stands between the stand-ins and the functions. */
  around?: (functions: WebhookFunctions) => WebhookFunctions;
}

/** The code of the two functions, loaded anew: its settings are read once. */
async function loadCode() {
  jest.resetModules();
  const [stream, deliveries, publish, deliver, http] = await Promise.all([
    import('../../lib/events/stream.ts'),
    import('../../lib/events/deliveries.ts'),
    import('../../lib/flows/webhooks/publish.ts'),
    import('../../lib/flows/webhooks/deliver.ts'),
    import('../../lib/http.ts'),
  ]);
  return { ...stream, ...deliveries, ...publish, ...deliver, ...http };
}

/** The two functions with real clients, the queue and the stream, all in this process. Points `process.env` at them. */
export async function startWebhookStack(options: Options): Promise<WebhookStack> {
  const { urls, events = '', signing = KEY, dynamodbUrl = '', around = (same) => same } = options;
  const lines: string[] = [];
  const clock = createClock();
  const code = await loadCode();
  const deps = { ...code.deployed, write: (line: string) => lines.push(line) };
  const publish = code.onStream(code.publishEvents, deps);
  const functions = around({
    publish: (batch) => publish(batch as Parameters<StreamHandler>[0]),
    deliver: code.deliveryQueue(code.deliverWebhook, deps),
  });
  const stack = await startWebhooks(dynamodbUrl, functions, { clock, windowMs: 5, retryAfterMs: 5 });
  const world = dynamodbUrl ? {} : localEnvironment({ dynamodbUrl, chimeUrl: '' });
  if (!dynamodbUrl) forgetOwnAccount(process.env);
  Object.assign(process.env, world, stack.environment, {
    WEBHOOK_URLS: urls.join(),
    WEBHOOK_EVENTS: events,
    WEBHOOK_SIGNING: signing,
    LOG_LEVEL: 'info',
    ...options.environment,
  });
  const skipUntil = async (holds: () => boolean) => {
    while (!holds()) {
      await until(() => holds() || stack.queue.isIdle());
      if (!holds()) clock.skip();
    }
  };
  return { ...stack, publish, lines, now: clock.now, skipUntil };
}
