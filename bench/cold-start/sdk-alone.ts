import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

/** The minimum of a function that reads and writes one table. */
const client = new DynamoDBClient({});

export const handler = async ({ get, update }: Asked) => [
  await client.send(new GetItemCommand(get)),
  await client.send(new UpdateItemCommand(update)),
];

interface Asked {
  get: GetItemCommand['input'];
  update: UpdateItemCommand['input'];
}
