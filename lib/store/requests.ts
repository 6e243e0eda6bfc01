import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { requestKey } from './keys.ts';
import { expiresAt, TableName, table, unlessConflict } from './table.ts';

/** A request that carries a `ClientRequestToken`. */
interface TokenRequest {
  ExternalMeetingId: string;
  ClientRequestToken: string;
}

/**
 * Record the first request of a `ClientRequestToken` and return it: the given request, or the one recorded before.
 * Chime may reject a known token with a different body. Each retry therefore repeats the first request word for
 * word, whatever the options and settings are by then. Idempotent, in one write.
 */
export async function firstRequest<Request extends TokenRequest>(
  request: Request,
  now: number,
): Promise<Request> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: requestKey(request.ExternalMeetingId, request.ClientRequestToken),
    UpdateExpression: 'SET body = if_not_exists(body, :request), expiresAt = :expiresAt',
    ExpressionAttributeValues: { ':request': JSON.stringify(request), ':expiresAt': expiresAt(now) },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await table().send(update);
  return JSON.parse(Attributes?.body as string) as Request;
}

/** The first request of a token; undefined if none was recorded, which means that none was sent. */
export async function readRequest<Request extends TokenRequest>(
  token: TokenRequest,
): Promise<Request | undefined> {
  const Key = requestKey(token.ExternalMeetingId, token.ClientRequestToken);
  const { Item } = await table().send(new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }));
  return Item?.body === undefined ? undefined : (JSON.parse(Item.body as string) as Request);
}

/** Delete the first request of a token that had no effect at Chime. The next request may differ. Idempotent. */
export async function forgetRequest({ ExternalMeetingId, ClientRequestToken }: TokenRequest): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: requestKey(ExternalMeetingId, ClientRequestToken),
    UpdateExpression: 'REMOVE body',
    ConditionExpression: 'attribute_exists(pk)',
  });
  await unlessConflict(table().send(update), 'conflict');
}
