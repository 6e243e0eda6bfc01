import { webhookOptions } from '../lib/domain/webhooks/options.ts';

/** Validates the parameters of webhooks. A URL that the functions would refuse fails here, before anything is built. */
export function refusedWebhooks(text: (name: string) => string): string[] {
  const [urls, events, signing] = ['webhookUrls', 'webhookEvents', 'webhookSecret'].map(text);
  try {
    const options = webhookOptions({ urls, events, signing }, { isLocal: false });
    const isUnsigned = options.urls.length > 0 && !options.signing;
    return isUnsigned ? ['webhookSecret: name the parameter that holds the signing keys.'] : [];
  } catch (error) {
    return [`${(error as Error).message}.`];
  }
}
