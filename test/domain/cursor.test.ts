import fc from 'fast-check';
import { fromCursor, toCursor } from '../../lib/domain/cursor.ts';

const anyPosition = fc
  .record({ shard: fc.nat(15), after: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }) })
  .map(({ shard, after }) => ({ shard, ...(after !== undefined && { after }) }));

describe('a cursor', () => {
  it('leads back to its position', () => {
    fc.assert(
      fc.property(fc.string(), anyPosition, (list, position) => {
        expect(fromCursor(list, toCursor(list, position))).toEqual(position);
      }),
    );
  });

  it('can be sent in a query as it is', () => {
    fc.assert(
      fc.property(anyPosition, (position) => expect(toCursor('hall', position)).toMatch(/^[-_A-Za-z0-9]+$/)),
    );
  });

  it('is nothing to another list', () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        expect(fromCursor('another', toCursor('hall', position))).toBeUndefined();
      }),
    );
  });

  it('cannot be changed into one of another position', () => {
    fc.assert(
      fc.property(anyPosition, fc.nat(), fc.string(), (position, at, other) => {
        const cursor = toCursor('hall', position);
        const index = at % cursor.length;
        const changed = cursor.slice(0, index) + other + cursor.slice(index + 1);
        const read = fromCursor('hall', changed);
        if (read !== undefined) expect(read).toEqual(position);
      }),
      { numRuns: 2000 },
    );
  });

  it('is no text that somebody made up', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(fromCursor('hall', text)).toBeUndefined()));
    expect(fromCursor('hall', '')).toBeUndefined();
  });
});
