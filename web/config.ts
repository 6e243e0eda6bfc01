/** Where a page finds what it talks to. Without an issuer of tokens, people paste theirs. */
export interface WebConfig {
  api: string;
  issuer?: string;
}

/** What this site talks to: `config.json` beside the page. */
export async function loadConfig(): Promise<WebConfig> {
  const answer = await fetch('config.json');
  if (!answer.ok) throw new Error('There is no config.json beside this page.');
  return (await answer.json()) as WebConfig;
}
