import type { Item, Value } from '../dynamodb/values.ts';

const known = new WeakMap<Item, number>();

/**
 * About how many bytes an item has for DynamoDB: names and texts as UTF-8, numbers by their digits, 3 bytes for a list or
 * map and 1 for each member. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  const counted =
    known.get(item) ?? sumOf(Object.entries(item), ([name, value]) => utf8(name) + bytesOf(value as Value));
  known.set(item, counted);
  return counted;
}

function bytesOf(value: Value): number {
  const [type, inside] = Object.entries(value)[0] as [string, never];
  if (type === 'S') return utf8(inside);
  if (type === 'N') return digits(inside);
  if (type === 'SS') return sumOf(inside as string[], utf8);
  if (type === 'NS') return sumOf(inside as string[], digits);
  if (type === 'L') return 3 + sumOf(inside as Value[], (member) => 1 + bytesOf(member));
  if (type === 'M')
    return (
      3 + sumOf(Object.values(inside as Item), (member) => 1 + bytesOf(member as Value)) + namesOf(inside)
    );
  return 1;
}

const utf8 = (text: string) => Buffer.byteLength(text);
const digits = (number: string) => Math.ceil(number.replace(/\D/g, '').length / 2) + 1;
const namesOf = (map: Item) => sumOf(Object.keys(map), utf8);

function sumOf<T>(list: readonly T[], of: (each: T) => number): number {
  return list.reduce((sum, each) => sum + of(each), 0);
}
