/** Where a page finds what it talks to. Without an issuer of tokens, people paste theirs. */
export interface WebConfig {
  api: string;
  issuer?: string;
  /** Which service says the nearest media region. Without: Chime's own of the commercial regions. */
  nearestMediaRegion?: string;
  /** The media regions that the form offers. Without: those of the commercial regions. */
  mediaRegions?: string[];
}

/** What this site talks to: `config.json` beside the page. */
export async function loadConfig(): Promise<WebConfig> {
  const answer = await fetch('config.json');
  if (!answer.ok) throw new Error('There is no config.json beside this page.');
  return (await answer.json()) as WebConfig;
}
