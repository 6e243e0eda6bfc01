import type { Heard } from './heard.ts';

/** A line of captions, and when the page got it last (milliseconds since the epoch); never where it came too late to be shown. */
export interface Line extends Heard {
  seenAt: number;
}

const MOST_LINES = 3;
const SETTLED_FOR_MS = 8000;
/** Longer, because a person may pause within a sentence. */
const PARTIAL_FOR_MS = 20_000;
/** Chime was reported to send lines an hour late: https://github.com/aws/amazon-chime-sdk-js/issues/2232 */
const LATE_MS = 60_000;
const NEVER = Number.NEGATIVE_INFINITY;
const LONGEST = 110;
/** The longest part of a word that is left out with the beginning of a text. Some scripts have a space only between sentences. */
const LONGEST_WORD = 24;
/** More than a day of speech has, so that results in their thousands do not fill the memory of a page. */
const MOST_KEPT = 20_000;

/** What a page has heard, in the order in which it began; of more than 20,000 lines the last. Results may come twice, or in another order. */
export function captionLines() {
  const lines = new Map<string, Line>();
  let newest = 0;
  return {
    /** Adds results. Returns the lines that they settle. */
    hear: (heard: Heard[], now: number): Line[] =>
      heard.flatMap((each) => {
        const before = lines.get(each.id);
        if (!each.text || (before && !before.isPartial)) return [];
        newest = Math.max(newest, each.startedAt);
        const isLate = each.startedAt < newest - LATE_MS;
        const line = { ...each, seenAt: isLate ? NEVER : now };
        lines.set(each.id, line);
        if (lines.size > MOST_KEPT) lines.delete(lines.keys().next().value ?? '');
        return line.isPartial || isLate ? [] : [line];
      }),
    /** The lines to show now: the last three that are not old. */
    visible: (now: number): Line[] =>
      [...lines.values()]
        .filter(({ isPartial, seenAt }) => now - seenAt < (isPartial ? PARTIAL_FOR_MS : SETTLED_FOR_MS))
        .slice(-MOST_LINES),
    /** All settled lines, in the order in which they were spoken. */
    settled: (): Line[] =>
      [...lines.values()]
        .filter(({ isPartial }) => !isPartial)
        .sort((one, other) => one.startedAt - other.startedAt),
  };
}

/** The end of a text that is too long for a line of captions. */
export function endOf(text: string): string {
  const letters = [...text];
  if (letters.length <= LONGEST) return text;
  const end = letters.slice(-LONGEST).join('');
  const space = end.indexOf(' ');
  return `… ${space > LONGEST_WORD ? end : end.slice(space + 1)}`;
}
