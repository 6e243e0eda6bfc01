import { createSplice } from '../../../emulator/media/splice.ts';

const picture = (sequenceNumber: number, timestamp: number) => ({
  payload: Buffer.alloc(0),
  marker: true,
  sequenceNumber,
  timestamp,
});

describe('a video section that carries one stream after another', () => {
  it('has continuous sequence numbers, and a thirtieth of a second between two streams', () => {
    const splice = createSplice();
    const first = splice(7, picture(500, 90_000));
    expect(splice(7, picture(501, 93_000))).toEqual({
      sequenceNumber: first.sequenceNumber + 1,
      timestamp: first.timestamp + 3000,
    });
    expect(splice(9, picture(60_000, 5))).toEqual({
      sequenceNumber: first.sequenceNumber + 2,
      timestamp: first.timestamp + 6000,
    });
  });

  it('leaves a gap in the numbers where a packet was lost', () => {
    const splice = createSplice();
    const { sequenceNumber } = splice(7, picture(500, 0));
    expect(splice(7, picture(502, 0)).sequenceNumber).toBe(sequenceNumber + 2);
  });

  it('continues after the greatest sequence number', () => {
    const splice = createSplice();
    const { sequenceNumber } = splice(7, picture(65_535, 0));
    expect(splice(7, picture(0, 0)).sequenceNumber).toBe(sequenceNumber + 1);
  });
});
