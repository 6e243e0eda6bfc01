import { csvRecord } from '../../../lib/domain/ledger/csv.ts';

describe('a record of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['+49 30', "'+49 30"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['="a",b', '"\'=""a"",b"'],
    ['a=b', 'a=b'],
    ['', ''],
  ])('writes %j as %j', (cell, text) => {
    expect(csvRecord([cell])).toBe(`${text}\r\n`);
  });

  it('writes numbers and truths as they are, and nothing for what is absent', () => {
    expect(csvRecord([-1, 0.5, true, undefined, 'x'])).toBe('-1,0.5,true,,x\r\n');
  });
});
