import { csvRecord } from '../../../lib/domain/ledger/csv.ts';
import fc from '../../support/random/property.ts';

describe('a record of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49 30', '"\'+49 30"'],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    ['\nx', '"\'\nx"'],
    [' =1', '"\' =1"'],
    ['\v=1', '"\'\v=1"'],
    ['＝1+1', "'＝1+1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM', "'＠SUM"],
    ["'=1+1", "''=1+1"],
    ['x\t=1+1', '"x\t=1+1"'],
    ['x;=1+1', '"x;=1+1"'],
    ['x|=1+1', '"x|=1+1"'],
    ['Ada Quill', '"Ada Quill"'],
    ['\rx', '"\'\rx"'],
    ['="a",b', '"\'=""a"",b"'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('writes %j as %j', (cell, text) => {
    expect(csvRecord([cell])).toBe(`${text}\r\n`);
  });

  it('gives two texts two cells, from which each can be read again', () => {
    const text = fc.string({ unit: fc.constantFrom(...`='" ,;\t\r\n+-@xé`) });
    fc.assert(
      fc.property(text, (cell) => {
        const [, quoted] = /^"(.*)"$/s.exec(csvRecord([cell]).slice(0, -2)) ?? [];
        const written = quoted?.replaceAll('""', '"') ?? csvRecord([cell]).slice(0, -2);
        expect(written.replace(/^'/, '')).toBe(cell);
      }),
    );
  });

  it('writes numbers and truths as they are, and nothing for what is absent', () => {
    expect(csvRecord([-1, 0.5, true, undefined, 'x'])).toBe('-1,0.5,true,,x\r\n');
  });
});
