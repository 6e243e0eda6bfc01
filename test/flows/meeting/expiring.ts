import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { TableName, table } from '../../../lib/store/table.ts';

/** The items of a name that later requests need. */
export const KINDS = ['MEETING', 'PARTICIPANTS', 'REPLICA'];

/** The items that DynamoDB's TTL may have deleted, in any combination. */
export const SUBSETS = Array.from({ length: 8 }, (_, bits) => [KINDS.filter((_kind, n) => bits & (1 << n))]);

/** Deletes the items of these kinds that have expired by `now`, as DynamoDB's TTL does. Returns their partition keys. */
export async function deleteExpired(name: string, kinds: string[], now: number): Promise<string[]> {
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client: table() }, { TableName: TableName() }))
    items.push(...Items);
  const isExpired = ({ expiresAt }: Record<string, unknown>) =>
    expiresAt !== undefined && (expiresAt as number) * 1000 < now;
  const expired = items
    .filter(({ pk }) => kinds.some((kind) => `${pk}`.startsWith(`${kind}#${name}`)))
    .filter(isExpired);
  for (const { pk, sk } of expired)
    await table().send(new DeleteCommand({ TableName: TableName(), Key: { pk, sk } }));
  return expired.map(({ pk }) => `${pk}`);
}
