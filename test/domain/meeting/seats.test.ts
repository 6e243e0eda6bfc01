import {
  CHUNK_SEATS,
  chunkOf,
  crossesSoftMark,
  runs,
  seatName,
  seatOf,
} from '../../../lib/domain/meeting/seats.ts';
import fc from '../../support/random/property.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, k) => k);

describe('the soft mark', () => {
  it('is crossed by exactly one ticket, for any number of seats', () => {
    for (const minted of upTo(300).map((k) => k + 1)) {
      expect(upTo(minted).filter((ticket) => crossesSoftMark(ticket, minted))).toHaveLength(1);
    }
  });

  it('lies at four fifths', () => {
    expect(crossesSoftMark(200, 250)).toBe(true);
    expect(crossesSoftMark(4, 5)).toBe(true);
  });

  it('comes again when seats are added behind the last', () => {
    const marks = upTo(300).filter((ticket) => crossesSoftMark(ticket, 300, 250));
    expect(marks).toEqual([250]);
  });
});

describe('the external user id of a seat', () => {
  it('leads back to the number of the seat', () => {
    fc.assert(fc.property(fc.nat(), (seat) => expect(seatOf(seatName(seat))).toBe(seat)));
  });

  it('sorts as the seat numbers do', () => {
    const names = upTo(250).map(seatName);
    expect(names.toSorted()).toEqual(names);
  });

  it.each(['ada', 'seat-', 'seat-12', 'seat-0001x', 'my-seat-0001', 'SEAT-0001', ''])(
    'is not a seat: %j',
    (name) => {
      expect(seatOf(name)).toBeUndefined();
    },
  );
});

describe('chunks of a list', () => {
  it('add up to the list, and only the last one is shorter', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 30 }), (list, size) => {
        const cut = runs(list, size);
        expect(cut.flat()).toEqual(list);
        expect(cut.slice(0, -1).every((run) => run.length === size)).toBe(true);
        expect(cut.every((run) => run.length > 0 && run.length <= size)).toBe(true);
      }),
    );
  });

  it('match the chunks of the seat credentials', () => {
    runs(upTo(250), CHUNK_SEATS).forEach((run, chunk) => {
      expect(run.map(chunkOf)).toEqual(run.map(() => chunk));
    });
  });
});
