export const FRAME_MS = 20;

/** A silent Opus frame of 20 ms. */
export const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

const MOST_WAITING = 10;
const MOST_AT_ONCE = 5;

/** One 20 ms slot of a client's audio. */
export interface Slot {
  payload: Buffer;
  /** Slots since the start, including the skipped ones. */
  index: number;
  /** Sent slots before this one. */
  sequence: number;
}

/**
 * Audio at 50 packets per second, with silence while no person speaks: clients take a gap for a bad network. Bursts are
 * queued for up to 200 ms. Slots that are late by more than 100 ms are skipped.
 */
export function createPace(startedAt: number) {
  let waiting: Buffer[] = [];
  let next = 0;
  let sequence = 0;
  return {
    push(payload: Buffer): void {
      waiting = [...waiting, payload].slice(-MOST_WAITING);
    },
    /** The slots that are due now. */
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
