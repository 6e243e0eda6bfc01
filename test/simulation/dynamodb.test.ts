import * as commands from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../../local/environment.ts';
import { anyOperation, type Operation } from '../../simulation/any-operation.ts';
import { chanceOf } from '../../simulation/chance.ts';
import { createTable, type Input, type Table } from '../../simulation/dynamodb/table.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';

const RUNS = 40;
const OPERATIONS_EACH = 40;

let world: TestWorld;
let client: DynamoDBClient;
beforeAll(async () => {
  world = await startWorld({ engine: 'dynalite' });
  client = new DynamoDBClient({
    endpoint: world.dynamodbUrl,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
  });
});
afterAll(async () => {
  client.destroy();
  await world.close();
});

type Answer = object;
type Command = new (input: object) => Parameters<DynamoDBClient['send']>[0];

async function atDynalite({ name, input }: Operation): Promise<Answer> {
  const Class = (commands as unknown as Record<string, Command>)[`${name}Command`] as Command;
  try {
    const { $metadata: _, ...answer } = (await client.send(
      new Class({ ...input, TableName: world.tableName }),
    )) as {
      $metadata: unknown;
    };
    return answer;
  } catch (error) {
    return { error: (error as Error).name };
  }
}

function simulated(table: Table, { name, input }: Operation): Answer {
  try {
    return table.perform(name, input as unknown as Input);
  } catch (error) {
    return { error: (error as Error).name };
  }
}

/** Of equals in an index, any may come first. Sets have no order, and absent members are no difference. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([name, member]) => [
      name,
      ['SS', 'NS'].includes(name) ? [...(member as string[])].sort() : comparable(member),
    ]),
  );
}

const inOrder = (answer: Answer, { input }: Operation): Answer => {
  const { Items } = answer as { Items?: object[] };
  const text = (item: object) => JSON.stringify(comparable(item));
  const isIndex = 'IndexName' in input && Items !== undefined;
  return isIndex ? { ...answer, Items: Items.map(text).sort() } : answer;
};

describe('the simulated DynamoDB', () => {
  it.each(Array.from({ length: RUNS }, (_, run) => run))('answers as dynalite does: run %i', async (run) => {
    const chance = chanceOf(run, 'operations');
    const table = createTable();
    for (let n = 0; n < OPERATIONS_EACH; n++) {
      const operation = anyOperation(chance, `run-${run}`);
      const expected = comparable(inOrder(await atDynalite(operation), operation));
      expect({ operation, answer: comparable(inOrder(simulated(table, operation), operation)) }).toEqual({
        operation,
        answer: expected,
      });
    }
  });
});
