/** Randomness that is the same in every run of one seed. */
export interface Chance {
  /** In [0, 1). */
  next: () => number;
  /** A whole number in [0, limit). */
  below: (limit: number) => number;
  happens: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  hex: (digits: number) => string;
}

/** A stream of random numbers for each seed and purpose. Drawing from one stream does not disturb another. */
export function chanceOf(seed: number, purpose: string): Chance {
  const next = mulberry32(mixed(seed, purpose));
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    happens: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] as never,
    hex: (digits) => {
      let text = '';
      while (text.length < digits)
        text += Math.floor(next() * 0x1_0000_0000)
          .toString(16)
          .padStart(8, '0');
      return text.slice(0, digits);
    },
  };
}

function mixed(seed: number, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${purpose}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}

/** Tommy Ettinger's generator, public domain: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixing = Math.imul(at ^ (at >>> 15), at | 1);
    mixing ^= mixing + Math.imul(mixing ^ (mixing >>> 7), mixing | 61);
    return ((mixing ^ (mixing >>> 14)) >>> 0) / 4_294_967_296;
  };
}
