import { createTable, type Input, type Reading, type Table } from '../dynamodb/table.ts';
import { DynamoError, type Item } from '../dynamodb/values.ts';
import type { WireReply, WireRequest } from './wire.ts';

const HEADERS = { 'content-type': 'application/x-amz-json-1.0' };
const PREFIX = 'DynamoDB_20120810.';

export interface DynamoService {
  table: Table;
  answer: (request: WireRequest) => WireReply;
}

/** DynamoDB behind its HTTP interface, in this process. */
export function createDynamo(reading?: Reading): DynamoService {
  const table = createTable(reading);
  const answer = (request: WireRequest): WireReply => {
    try {
      return {
        status: 200,
        headers: HEADERS,
        body: '',
        done: table.perform(operationOf(request), inputOf(request)),
      };
    } catch (error) {
      if (error instanceof DynamoError) return dynamoRefusal(400, error);
      throw error;
    }
  };
  return { table, answer };
}

export const inputOf = ({ input, body }: WireRequest): Input => input ?? (JSON.parse(body) as Input);

export const operationOf = ({ headers }: WireRequest): string =>
  (headers['x-amz-target'] ?? headers['X-Amz-Target'] ?? '').slice(PREFIX.length);

export function dynamoRefusal(
  status: number,
  { name, message = name, item }: { name: string; message?: string; item?: Item | undefined },
): WireReply {
  const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
  const body = JSON.stringify({ __type, message, Item: item });
  return { status, headers: HEADERS, body };
}
