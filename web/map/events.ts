import type { LoadReport } from '../../local/load-generator/report.ts';
import { cityOf } from '../cities.ts';

/** A change between two reports, as text. A loud one is also announced to screen readers. */
export interface MapEvent {
  at: number;
  words: string;
  isLoud: boolean;
}

type Teller = (before: LoadReport, after: LoadReport) => (string | false | undefined)[];

/** The changes between two reports of one meeting, in reading order. */
export function eventsBetween(before: LoadReport, after: LoadReport): MapEvent[] {
  const tell = (teller: Teller, isLoud: boolean) =>
    teller(before, after).flatMap((words) => (words ? [{ at: after.at, words, isLoud }] : []));
  return [
    ...tell(epochs, true),
    ...tell(switches, true),
    ...tell(primaries, true),
    ...tell(replicas, false),
    ...tell(audience, true),
    ...tell(refusals, false),
  ];
}

const epochs: Teller = (before, after) => {
  const [old, now] = [before.topology, after.topology];
  if (!now) return [];
  return [
    old &&
      now.epoch > old.epoch &&
      `Epoch ${now.epoch} begins: the primary of epoch ${old.epoch} is dead, and its replicas.`,
    now.status === 'ended' && old?.status !== 'ended' && 'The host ended the meeting.',
  ];
};

const switches: Teller = (before, after) => {
  const [old, now] = [before.chime.fullMediaRegions, after.chime.fullMediaRegions];
  return [
    !before.chime.slow && after.chime.slow && 'Chime is slow now: one call a second of each kind.',
    before.chime.slow && !after.chime.slow && 'Chime takes ten calls a second of each kind again.',
    ...now
      .filter((each) => !old.includes(each))
      .map((each) => `${cityOf(each)} is full: Chime opens no meeting there.`),
    ...old.filter((each) => !now.includes(each)).map((each) => `${cityOf(each)} has room again.`),
  ];
};

const primaries: Teller = (before, after) => {
  const [old, now] = [before.topology?.primary, after.topology?.primary];
  const isNew = now && now.meetingId !== old?.meetingId;
  const stage = now?.seatsTaken ?? 0;
  const was = isNew ? 0 : (old?.seatsTaken ?? 0);
  return [
    isNew && `The primary opens in ${cityOf(now.mediaRegion)}.`,
    now && stage !== was && `${people(stage)} on stage.`,
  ];
};

const replicas: Teller = (before, after) => {
  const known = new Set((before.topology?.replicas ?? []).filter(isOpen).map(({ meetingId }) => meetingId));
  const opened = (after.topology?.replicas ?? [])
    .filter(isOpen)
    .filter(({ meetingId }) => !known.has(meetingId));
  const cities = opened.map(({ mediaRegion }) => cityOf(mediaRegion)).join(', ');
  if (opened.length > 1) return [`${opened.length} replicas open: ${cities}.`];
  return [opened[0] && `Replica ${opened[0].ordinal} opens in ${cities}: ${opened[0].capacity} seats.`];
};

const audience: Teller = (before, after) => {
  const [old, now] = [before.audience, after.audience];
  const isSettled = ({ waiting, leaving }: LoadReport['audience']) => waiting + leaving === 0;
  if (!isSettled(now) || isSettled(old)) return [];
  if (now.wanted === 0) return ['All viewers have left.'];
  return [`${count(now.wanted)} seated, ${now.meanRttMs} ms from home on average.`];
};

const refusals: Teller = (before, after) => {
  const throttled = (report: LoadReport) =>
    report.chime.operations.reduce((sum, operation) => sum + operation.throttled, 0);
  const more = throttled(after) - throttled(before);
  return [more > 0 && `Chime refused ${more === 1 ? 'a call' : `${count(more)} calls`} (429).`];
};

const isOpen = ({ status }: { status: string }) => status !== 'opening';
const people = (stage: number) =>
  stage === 0 ? 'No person' : stage === 1 ? 'One person' : `${stage} people`;

/** Formats a number for reading. */
export const count = (value: number) => value.toLocaleString('en');
