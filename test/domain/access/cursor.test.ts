import { createHash } from 'node:crypto';
import { fromCursor, toCursor } from '../../../lib/domain/access/cursor.ts';
import fc from '../../support/random/property.ts';

const sortKey = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const anyPosition = fc
  .record({ shard: fc.nat(31), after: fc.option(sortKey, { nil: undefined }) })
  .map(({ shard, after }) => ({ shard, ...(after !== undefined && { after }) }));

describe('a cursor', () => {
  it('decodes to its position', () => {
    fc.assert(
      fc.property(fc.string(), anyPosition, (list, position) => {
        expect(fromCursor(list, toCursor(list, position))).toEqual(position);
      }),
    );
  });

  it('needs no escaping in a query', () => {
    fc.assert(
      fc.property(anyPosition, (position) => expect(toCursor('hall', position)).toMatch(/^[-_A-Za-z0-9]+$/)),
    );
  });

  it('is invalid for another list', () => {
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

  it('cannot be forged', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(fromCursor('hall', text)).toBeUndefined()));
    expect(fromCursor('hall', '')).toBeUndefined();
  });

  it.each(['secret#15:', '32:', '-1:', '0.5:', '07:', 'nope', '', '3', `0:${'x'.repeat(101)}`])(
    'is invalid with a right checksum and the content %j',
    (text) => {
      expect(fromCursor('hall', forged('hall', text))).toBeUndefined();
    },
  );
});

/** A cursor forged by a client that has read our code. */
function forged(list: string, text: string): string {
  const sum = createHash('sha256')
    .update(JSON.stringify([list, text]))
    .digest('hex');
  return Buffer.from(`${sum.slice(0, 12)}${text}`).toString('base64url');
}
