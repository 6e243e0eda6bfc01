import { readTableDescription } from '../../local/database/table.ts';
import type { Input } from '../dynamodb/table.ts';
import type { Item } from '../dynamodb/values.ts';
import { itemBytes } from './item-size.ts';

/** The request units that DynamoDB bills for one request on demand. */
export interface Units {
  reads: number;
  writes: number;
}

/** An operation with the items under its keys before and after, and those that a query found. */
export interface Performed {
  operation: string;
  input: Input;
  before: (Item | undefined)[];
  after: Item | undefined;
  found: Item[];
  /** A conditional write that fails is billed too. */
  isRefused: boolean;
}

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;
const INDEXES = (readTableDescription().Properties.GlobalSecondaryIndexes ?? []).map(({ KeySchema }) =>
  (KeySchema ?? []).map(({ AttributeName }) => AttributeName as string),
);

/**
 * The units of a request: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html.
 * A write counts the larger of the item before and after, and each index entry that it puts or deletes.
 */
export function unitsOf(performed: Performed): Units {
  const { operation, input, before, found } = performed;
  if (operation === 'Query' || operation === 'Scan')
    return { reads: readUnits(bytesOf(found), input), writes: 0 };
  if (operation === 'GetItem' || operation === 'BatchGetItem')
    return { reads: before.reduce((sum, item) => sum + readUnits(bytesOf([item]), input), 0), writes: 0 };
  return { reads: 0, writes: writeUnits(performed) };
}

const bytesOf = (items: (Item | undefined)[]) =>
  items.reduce((sum, item) => sum + (item ? itemBytes(item) : 0), 0);

function readUnits(bytes: number, input: Input): number {
  return Math.max(1, Math.ceil(bytes / READ_BYTES)) * (isConsistent(input) ? 1 : 0.5);
}

function isConsistent({ RequestItems, ...input }: Input): boolean {
  const asked = RequestItems ? Object.values(RequestItems) : [input];
  return asked.some((each) => (each as { ConsistentRead?: boolean }).ConsistentRead === true);
}

function writeUnits({ before: [old], after, isRefused }: Performed): number {
  const bytes = Math.max(bytesOf([old]), isRefused ? 0 : bytesOf([after]));
  const own = Math.max(1, Math.ceil(bytes / WRITE_BYTES));
  return isRefused ? own : own + INDEXES.reduce((sum, keys) => sum + entries(keys, old, after), 0);
}

/** How many entries of one index a write puts or deletes. */
function entries(keys: string[], old: Item | undefined, after: Item | undefined): number {
  const [one, other] = [entryOf(keys, old), entryOf(keys, after)];
  if (one === other) return 0;
  return (one ? 1 : 0) + (other ? 1 : 0);
}

function entryOf(keys: string[], item: Item | undefined): string | undefined {
  return item && keys.every((key) => item[key]) ? JSON.stringify(keys.map((key) => item[key])) : undefined;
}
