import { type WebhookOptions, webhookOptions } from '../domain/webhooks/options.ts';
import { settings } from '../settings.ts';

/** The options of webhooks of this deployment. `isLocal`: it has no stage, so it runs on a laptop. Throws if they are invalid. */
export function options(): WebhookOptions & { isLocal: boolean } {
  const { webhooks, stage } = settings();
  const isLocal = stage === undefined;
  return { ...webhookOptions(webhooks, { isLocal }), isLocal };
}
