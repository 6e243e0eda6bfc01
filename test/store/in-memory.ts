import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createContainer, useContainer } from '../../lib/container.ts';
import { table } from '../../lib/store/table.ts';
import { createTable, type Input, type Table } from '../../simulation/dynamodb/table.ts';
import { bareItem, wiredItem } from '../../simulation/dynamodb/wiring.ts';

/** Maps of values by name: each value is converted separately. */
const WIRED = ['Key', 'Item', 'ExpressionAttributeValues'];

/** Connects the store to the simulated DynamoDB in the tests of a file, so that thousands of writes are fast. */
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
  afterEach(() => useContainer(createContainer()));
  return { table: () => memory };
}
