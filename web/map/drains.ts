import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { cityOf } from '../cities.ts';
import { count } from './events.ts';

type Drain = NonNullable<TopologyAnswer['drains']>[number];

/** The drain of a media region, if the meeting has one. */
export function drainIn(topology: TopologyAnswer | undefined, mediaRegion: string): Drain | undefined {
  return topology?.drains?.find((drain) => drain.mediaRegion === mediaRegion);
}

/** What a drain does to a media region now, in one or two sentences. */
export function drainWords(mediaRegion: MediaRegion, drain: Drain | undefined): string {
  const city = cityOf(mediaRegion);
  if (!drain) return `${city} is open. A drain places nobody there any more.`;
  const still = `${viewersIn(drain.viewers)} there.`;
  const words: Record<Drain['status'], string> = {
    closed: `No viewer is placed in ${city} any more. ${still}`,
    moving: `Seats open elsewhere, then ${city} is cleared. ${still}`,
    'moving-with-fewer-seats': `${city} is cleared bit by bit; seats are fewer meanwhile. ${still}`,
    moved: `${city} is cleared. Its viewers sit elsewhere.`,
    suspended: `No other region is allowed, so ${city} stays in use.`,
  };
  return words[drain.status];
}

const viewersIn = (viewers: number) => (viewers === 1 ? '1 viewer sits' : `${count(viewers)} viewers sit`);
