import type { Picture } from './peer.ts';

const SEQUENCE = 2 ** 16;
const TIMESTAMP = 2 ** 32;
/** A thirtieth of a second at 90 kHz. */
const FRAME_TICKS = 3000;

/** The position of one video stream in RTP numbers. */
interface At {
  streamId: number;
  sequenceShift: number;
  timestampShift: number;
  sequenceNumber: number;
  timestamp: number;
}

/** Renumbers the packets of a section's changing streams into one continuous stream. */
export function createSplice() {
  let at: At = { streamId: 0, sequenceShift: 0, timestampShift: 0, sequenceNumber: 0, timestamp: 0 };
  return (streamId: number, picture: Picture): Pick<Picture, 'sequenceNumber' | 'timestamp'> => {
    if (streamId !== at.streamId) at = { ...at, streamId, ...shifts(at, picture) };
    const sequenceNumber = wrap(picture.sequenceNumber + at.sequenceShift, SEQUENCE);
    const timestamp = wrap(picture.timestamp + at.timestampShift, TIMESTAMP);
    at = { ...at, sequenceNumber, timestamp };
    return { sequenceNumber, timestamp };
  };
}

const shifts = (at: At, { sequenceNumber, timestamp }: Picture) => ({
  sequenceShift: at.sequenceNumber + 1 - sequenceNumber,
  timestampShift: at.timestamp + FRAME_TICKS - timestamp,
});

const wrap = (value: number, size: number) => ((value % size) + size) % size;
