/** The addresses that a page uses. Without a token issuer, users paste their tokens. */
export interface WebConfig {
  api: string;
  issuer?: string;
  /** The service that returns the nearest media region. Default: Chime's, for the commercial regions. */
  nearestMediaRegion?: string;
  /** The media regions that the form offers. Default: the commercial regions. */
  mediaRegions?: string[];
}

/** Loads the site's `config.json`, which lies beside the page. */
export async function loadConfig(): Promise<WebConfig> {
  const answer = await fetch('config.json');
  if (!answer.ok) throw new Error('There is no config.json beside this page.');
  return (await answer.json()) as WebConfig;
}
