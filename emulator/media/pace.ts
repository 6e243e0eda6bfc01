export const FRAME_MS = 20;

/** An Opus frame of 20 ms in which nothing is heard. */
export const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

const MOST_WAITING = 10;
const MOST_AT_ONCE = 5;

/** One 20 ms slot of a client's audio. */
export interface Slot {
  payload: Buffer;
  /** Slots since the beginning, with those that were left out. */
  index: number;
  /** Slots before it that were not. */
  sequence: number;
}

/**
 * Audio at 50 packets a second, silence where nobody speaks: clients take a gap for a bad network. What comes in
 * bursts waits its turn, up to 200 ms; slots that were missed by more than 100 ms are left out.
 */
export function createPace(startedAt: number) {
  let waiting: Buffer[] = [];
  let next = 0;
  let sequence = 0;
  return {
    push(payload: Buffer): void {
      waiting = [...waiting, payload].slice(-MOST_WAITING);
    },
    /** The slots that are due by now. */
    due(now: number): Slot[] {
      const end = Math.floor((now - startedAt) / FRAME_MS);
      next = Math.max(next, end - MOST_AT_ONCE);
      const slots: Slot[] = [];
      for (; next < end; next++) {
        slots.push({ payload: waiting.shift() ?? SILENCE, index: next, sequence: sequence++ });
      }
      return slots;
    },
  };
}
