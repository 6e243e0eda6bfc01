import type { MediaRegion } from '../../client/balcony.ts';
import { ALL_MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';

/** Chime's own answer in the commercial regions, from where the caller is: https://docs.aws.amazon.com/chime-sdk/latest/dg/chime-sdk-meetings-regions.html */
const ADDRESS = 'https://nearest-media-region.l.chime.aws';
const MAX_WAIT_MS = 1500;

/** The media region nearest to this browser; undefined if it cannot be determined quickly. */
export async function nearestMediaRegion(address = ADDRESS): Promise<MediaRegion | undefined> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(MAX_WAIT_MS) });
    const { region } = (await answer.json()) as { region?: string };
    return ALL_MEDIA_REGIONS.find((known) => known === region);
  } catch {
    return undefined;
  }
}
