import type { FrameType } from './frame.ts';

export const FRAME_FAULTS = [
  'omit', // the frame never arrives, in either direction
  'delay', // it arrives late
  'refuse', // PRIMARY_MEETING_JOIN only: no effect, and the acknowledgement carries the status
] as const;

/** A pending fault for frames of one type. */
export interface FrameFault {
  frame: FrameType;
  /** How many more frames it affects. */
  times: number;
  fault: (typeof FRAME_FAULTS)[number];
  delayMs: number;
  /** 403 rejected, 409 at capacity, any other 4xx or 5xx. */
  status: number;
}

/** Takes one use of the oldest pending fault of this type. */
export function takeFrameFault(faults: FrameFault[], type: FrameType): FrameFault | undefined {
  const fault = faults.find(({ frame }) => frame === type);
  if (!fault) return undefined;
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
}

/** Delivers a frame: at once, late, or never. The receiver handles `refuse`. */
export function pass(faults: FrameFault[], type: FrameType, deliver: (fault?: FrameFault) => void): void {
  const fault = takeFrameFault(faults, type);
  if (fault?.fault === 'omit') return;
  if (fault?.fault === 'delay') setTimeout(deliver, fault.delayMs).unref();
  else deliver(fault);
}
