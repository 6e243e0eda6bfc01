import { MOST_ENDPOINTS, whyNoEndpoint } from './endpoints.ts';
import { WEBHOOK_TYPES, type WebhookType } from './event.ts';

/** The settings of webhooks as they are written; empty or absent where there are none. */
export interface WebhookTexts {
  /** Separated by commas. */
  urls?: string | undefined;
  /** Types of events, separated by commas. */
  events?: string | undefined;
  /** The name of the parameter that holds the signing keys, or on a laptop the keys themselves. */
  signing?: string | undefined;
}

export interface WebhookOptions {
  urls: readonly string[];
  events: readonly WebhookType[];
  signing: { parameter: string } | { keys: string } | undefined;
}

const listIn = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html; of a whole path, so that its ARN follows. */
const PARAMETER = /^(\/[\w.-]+)+$/;
const KEYS = /^whsec_/;

/**
 * The options of webhooks. Throws an error that says in words what is wrong; it shows no key. `isLocal`: on a laptop, addresses of
 * this machine are allowed, and so are keys in the settings.
 */
export function webhookOptions(texts: WebhookTexts, { isLocal }: { isLocal: boolean }): WebhookOptions {
  const urls = listIn(texts.urls);
  if (urls.length > MOST_ENDPOINTS) throw new TypeError(`webhookUrls: ${MOST_ENDPOINTS} are the most`);
  for (const url of urls) {
    const why = whyNoEndpoint(url, { loopback: isLocal });
    if (why) throw new TypeError(`webhookUrls: an address ${why}`);
  }
  return {
    urls: [...new Set(urls)],
    events: eventsIn(texts.events),
    signing: signingIn(texts.signing, isLocal),
  };
}

function eventsIn(text: string | undefined): readonly WebhookType[] {
  const names = listIn(text);
  const unknown = names.find((name) => !WEBHOOK_TYPES.some((type) => type === name));
  if (unknown !== undefined)
    throw new TypeError(`webhookEvents: ${JSON.stringify(unknown)} is no type of event`);
  return names.length > 0 ? (names as WebhookType[]) : WEBHOOK_TYPES;
}

function signingIn(text: string | undefined, isLocal: boolean): WebhookOptions['signing'] {
  if (!text) return undefined;
  if (KEYS.test(text) && isLocal) return { keys: text };
  if (KEYS.test(text))
    throw new TypeError('webhookSecret: it is a key, not the name of the parameter that holds it');
  if (!PARAMETER.test(text))
    throw new TypeError('webhookSecret: it is not the name of a parameter, such as /balcony/webhooks');
  return { parameter: text };
}
