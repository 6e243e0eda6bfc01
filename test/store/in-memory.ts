import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { forgetTable, table } from '../../lib/store/table.ts';
import { createTable, type Input, type Table } from '../../simulation/dynamodb/table.ts';
import { bareItem, wiredItem } from '../../simulation/dynamodb/wiring.ts';

/** Maps of values by name: each value travels by itself. */
const WIRED = ['Key', 'Item', 'ExpressionAttributeValues'];

/** Have the store talk to the DynamoDB of the simulation in the tests of a file: thousands of writes then take a moment. */
export function useMemoryTable(): { table: () => Table } {
  let memory: Table;
  beforeEach(() => {
    memory = createTable();
    const send = async ({
      input,
      constructor: { name },
    }: {
      input: object;
      constructor: { name: string };
    }) => {
      const entries = Object.entries(input).map(([key, value]) => [
        key,
        WIRED.includes(key) && value !== undefined ? wiredItem(value as object) : value,
      ]);
      const operation = name.replace('Command', 'Item');
      const done = memory.perform(operation, Object.fromEntries(entries) as Input) as Record<string, never>;
      return Object.fromEntries(
        Object.entries(done).map(([key, value]) => [key, value === undefined ? value : bareItem(value)]),
      );
    };
    Object.assign(table(), { send: send as unknown as DynamoDBDocumentClient['send'] });
  });
  afterEach(() => forgetTable());
  return { table: () => memory };
}
