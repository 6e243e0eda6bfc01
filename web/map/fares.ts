import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import { count } from './events.ts';

/** What clients of one media region reported in the last minutes. */
export type Fares = NonNullable<TopologyAnswer['clientEvents']>[number];

/** What the clients of a media region reported, if any did. */
export function faresIn(topology: TopologyAnswer | undefined, mediaRegion: string): Fares | undefined {
  return topology?.clientEvents?.find((fares) => fares.mediaRegion === mediaRegion);
}

/** Whether more than one report in ten tells of a lost connection. */
export function isTroubled(fares: Fares | undefined): boolean {
  return fares !== undefined && (fares.drops + fares.failures) * 10 > fares.reports;
}

/** How the people of a media region fare, in a few words; empty if no client reported. */
export function faresWords(fares: Fares | undefined): string {
  if (!fares) return '';
  const { timeToFirstAudioMs: audio, timeToFirstVideoMs: video } = fares;
  const words = [
    audio && `sound within ${secondsOf(audio.p95)}`,
    video && `picture within ${secondsOf(video.p95)}`,
    times(fares.reconnects, 'reconnect'),
    times(fares.drops, 'drop'),
    times(fares.failures, 'failure'),
  ];
  return words.filter(Boolean).join(', ') || 'no news';
}

const secondsOf = (ms: number) => `${ms / 1000} s`;
const times = (many: number, what: string) =>
  many > 0 && (many === 1 ? `1 ${what}` : `${count(many)} ${what}s`);
