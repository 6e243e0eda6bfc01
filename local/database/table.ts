import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../environment.ts';

/** The CloudFormation description of our table, from infra/table.yml. */
export interface TableDescription {
  Properties: Pick<
    CreateTableCommandInput,
    'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'BillingMode'
  >;
}

/** Reads the deployed table's description, so that the local table cannot differ from it. */
export function readTableDescription(root = process.cwd()): TableDescription {
  const template = parse(readFileSync(join(root, 'infra/table.yml'), 'utf8'), { logLevel: 'silent' });
  return template.Resources.Table;
}

/** Creates the deployed table in a local engine. Features that only AWS has (expiry, backups, protection) are omitted. */
export async function createTable(endpoint: string, tableName: string, table = readTableDescription()) {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = table.Properties;
  const keys = { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode };
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  await client.send(new CreateTableCommand({ ...keys, TableName: tableName }));
  await waitUntilTableExists({ client, minDelay: 1, maxWaitTime: 10 }, { TableName: tableName });
  client.destroy();
}
