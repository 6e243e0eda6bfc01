import type { LoadReport } from '../../local/load-generator/report.ts';

/** Controls the local load generator for one meeting. A declined request is an error with its message. */
export function loadGeneratorClient(externalMeetingId: string) {
  const ask = async (path: string, init?: RequestInit): Promise<unknown> => {
    const response = await fetch(`load-generator/${path}`, init);
    const body = (await response.json().catch(() => ({}))) as { error?: string };
    if (!response.ok)
      throw new Error(body.error ?? `the load generator does not answer (${response.status})`);
    return body;
  };
  const post = (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  return {
    state: () =>
      ask(`state?${new URLSearchParams({ externalMeetingId })}`, {
        cache: 'no-store',
      }) as Promise<LoadReport>,
    audience: (viewers: number, audience: string) =>
      post('audience', { externalMeetingId, viewers, audience }),
    presenter: (on: boolean) => post('presenter', { externalMeetingId, on }),
    primaryDies: () => post('primary-dies', { externalMeetingId }),
    throttle: (on: boolean) => post('throttle-chime', { on }),
    drain: (mediaRegion: string, what: 'drain' | 'evacuate' | 'lift') =>
      post('drain', { externalMeetingId, mediaRegion, what }),
    fill: (mediaRegion: string, on: boolean) => post('region-full', { mediaRegion, on }),
  };
}

export type LoadGeneratorClient = ReturnType<typeof loadGeneratorClient>;
