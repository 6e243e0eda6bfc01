/** How quiet a speaker is, and when that was last measured. */
export interface Level {
  quietness: number;
  at: number;
}

export const SILENT = 127;

const HYSTERESIS_DB = 6;
const STALE_MS = 300;
const RELEASE_DB = 1;

/**
 * The level after one more packet: up at once, down by 1 dB per packet, which is 50 dB per second. A pause between two words
 * is longer than a packet and does not change the speaker.
 */
export function levelAfter(before: Level | undefined, quietness: number, at: number): Level {
  const isFresh = before !== undefined && at - before.at <= STALE_MS;
  return { quietness: isFresh ? Math.min(quietness, before.quietness + RELEASE_DB) : quietness, at };
}

/** The current quietness; silent if nothing came lately. */
export const quietnessAt = (level: Level | undefined, now: number): number =>
  level && now - level.at <= STALE_MS ? level.quietness : SILENT;

/** The speaker to forward: the current one, until another is louder by more than 6 dB. */
export function loudest<Speaker extends NonNullable<unknown>>(
  speaking: Speaker | undefined,
  levels: Map<Speaker, Level>,
  now: number,
): Speaker | undefined {
  const quietness = (speaker: Speaker) => quietnessAt(levels.get(speaker), now);
  let chosen = speaking !== undefined && levels.has(speaking) ? speaking : undefined;
  let toBeat = chosen === undefined ? SILENT + 1 : quietness(chosen) - HYSTERESIS_DB;
  for (const speaker of levels.keys()) {
    if (quietness(speaker) >= toBeat) continue;
    chosen = speaker;
    toBeat = quietness(speaker);
  }
  return chosen;
}
