import { itemBytes } from '../../simulation/deployment/item-size.ts';
import { type Performed, unitsOf } from '../../simulation/deployment/units.ts';

const KEY = { pk: { S: 'a' }, sk: { S: 'b' } };
const item = (bytes: number) => ({ ...KEY, text: { S: 'x'.repeat(bytes - 10) } });
const write = (performed: Partial<Performed>): Performed => ({
  operation: 'UpdateItem',
  input: { Key: KEY } as never,
  before: [undefined],
  after: KEY,
  found: [],
  isRefused: false,
  ...performed,
});
const read = (bytes: number, ConsistentRead: boolean) =>
  write({ operation: 'GetItem', input: { Key: KEY, ConsistentRead } as never, before: [item(bytes)] });

describe('the size of an item', () => {
  it('is the sum of its names and values', () => {
    expect(itemBytes(KEY)).toBe(6);
    expect(itemBytes({ ü: { S: 'ü' } })).toBe(4);
    expect(itemBytes({ n: { N: '12345' }, l: { L: [{ BOOL: true }] }, m: { M: { a: { S: 'b' } } } })).toBe(
      18,
    );
  });
});

describe('the capacity units of a request', () => {
  it('count 4 KB for a consistent read, and half for another', () => {
    expect(unitsOf(read(4000, true))).toEqual({ reads: 1, writes: 0 });
    expect(unitsOf(read(5000, true))).toEqual({ reads: 2, writes: 0 });
    expect(unitsOf(read(5000, false))).toEqual({ reads: 1, writes: 0 });
  });

  it('count one for a read that finds no item', () => {
    expect(unitsOf({ ...read(10, true), before: [undefined] }).reads).toBe(1);
  });

  it('count 1 KB of a write, of the larger of before and after', () => {
    expect(unitsOf(write({})).writes).toBe(1);
    expect(unitsOf(write({ before: [item(3000)], after: KEY })).writes).toBe(3);
    expect(unitsOf(write({ before: [KEY], after: item(3000) })).writes).toBe(3);
  });

  it('count a write whose condition failed', () => {
    expect(unitsOf(write({ before: [item(1500)], after: item(1500), isRefused: true })).writes).toBe(2);
  });

  it('count the index entries that a write puts, deletes, or moves', () => {
    const [one, other] = [
      { ...KEY, seatKey: { S: '1' } },
      { ...KEY, seatKey: { S: '2' } },
    ];
    expect(unitsOf(write({ after: one })).writes).toBe(2);
    expect(unitsOf(write({ before: [one], after: one })).writes).toBe(1);
    expect(unitsOf(write({ before: [one], after: other })).writes).toBe(3);
    expect(unitsOf(write({ before: [one], after: KEY })).writes).toBe(2);
  });
});
