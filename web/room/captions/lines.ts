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

/** All that a page has heard, in the order in which it began. Results may come twice, or in another order. */
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
  return `… ${end.slice(end.indexOf(' ') + 1)}`;
}
