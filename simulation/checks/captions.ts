import type { Meeting } from '../../emulator/state/meetings/meeting.ts';
import { primaryMeetingId, type Topology } from '../../lib/domain/meeting/topology.ts';
import type { Verb } from '../actors/operations.ts';
import { during, type History, type HistoryEntry, isDone } from './history.ts';
import type { Stores } from './stores.ts';

type Settings = { languageCode?: string; partialResultsStability?: string };

const MAKES_WISHES: Verb[] = ['caption', 'stopCaptions', 'create', 'reopen'];

/**
 * The captions of the primary, at every instant. No two starts with different settings are left standing: where the records say
 * that Chime has answered the latest wish, and no request is asking, Chime runs these captions and no others.
 */
export function captionFaults({ topology, live }: Stores): string[] {
  const primary = primaryOf(topology, live);
  if (!topology || !primary) return [];
  const { captions: wish } = topology;
  const asked = topology.primary?.captionsAsked;
  if (!wish || !asked) return differs(primary, undefined, 'although Chime was never asked');
  if (asked.lease || asked.refusal || asked.version !== wish.version) return [];
  return differs(primary, wish.settings, 'although the records say that Chime has answered the latest wish');
}

/** Once the reconciler has had its time, every wish is met. */
export function unmetWish({ topology, live }: Stores): string[] {
  const primary = primaryOf(topology, live);
  const asked = topology?.primary?.captionsAsked;
  if (!topology || !primary || asked?.refusal) return [];
  return differs(primary, topology.captions?.settings, 'although the reconciler has had its time');
}

/** The last wish of a host outlives epochs, crashes and other requests. */
export function lostWish({ entries }: History, { topology, forgottenAt }: Stores): string[] {
  const makers = entries.filter(({ verb, to }) => MAKES_WISHES.includes(verb) && to > forgottenAt);
  const last = makers.sort((one, other) => one.from - other.from).at(-1); // they may start in another order than they were sent
  if (!topology || last?.verb !== 'caption' || !isDone(last)) return [];
  if (during({ entries } as History, MAKES_WISHES, last).length > 1) return [];
  const isKept = textOf(topology.captions?.settings) === textOf(last.body);
  return isKept ? [] : [`the wish of ${last.who} for captions is lost`];
}

/** Captions are off once a host is told so, unless another request for captions was under way. */
export function faultsOfStopping(
  history: History,
  entry: HistoryEntry,
  { topology, live }: Stores,
): string[] {
  const primary = primaryOf(topology, live);
  if (entry.verb !== 'stopCaptions' || !isDone(entry) || !primary) return [];
  const isCrossed = during(history, ['caption'], entry).length > 0;
  return isCrossed ? [] : differs(primary, undefined, 'although they were stopped');
}

function primaryOf(topology: Topology | undefined, live: readonly Meeting[]): Meeting | undefined {
  if (topology?.status !== 'live') return undefined;
  return live.find(({ meetingId }) => meetingId === primaryMeetingId(topology));
}

function differs(primary: Meeting, settings: Settings | undefined, when: string): string[] {
  const { LanguageCode, PartialResultsStability } =
    primary.transcription.configuration?.EngineTranscribeSettings ?? {};
  const runs = `${LanguageCode ?? 'off'} ${PartialResultsStability ?? ''}`.trim();
  const wanted = textOf(settings);
  return runs === wanted ? [] : [`captions are ${runs}, not ${wanted}, ${when}`];
}

const textOf = ({ languageCode = 'off', partialResultsStability = '' }: Settings = {}) =>
  `${languageCode} ${partialResultsStability}`.trim();
