import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MediaRegion } from '../domain/geo/media-regions.ts';
import type { Drains } from '../domain/placement/drains.ts';
import { regional } from './keys.ts';
import { TableName, table } from './table.ts';

const Key = { pk: 'DRAINS', sk: 'DEPLOYMENT' };

/** The media regions that an operator drains in all meetings, those that open later included. */
export async function readDeploymentDrains(): Promise<Drains> {
  const { Item = {} } = await table().send(
    new GetCommand({ TableName: TableName(), Key, ConsistentRead: true }),
  );
  return regional.drain.in(Item);
}

/** Record that a media region is drained in all meetings. It never expires. A drain never weakens an evacuation. Idempotent. */
export async function setDeploymentDrain(
  mediaRegion: MediaRegion,
  evacuate: boolean,
  now: number,
): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: evacuate ? 'SET #drain = :drain' : 'SET #drain = if_not_exists(#drain, :drain)',
    ExpressionAttributeNames: { '#drain': regional.drain.of(mediaRegion) },
    ExpressionAttributeValues: { ':drain': { since: now, evacuate, by: 'operator' } },
  });
  await table().send(update);
}

/** Remove that record. Meetings that were drained stay so until each is lifted. Idempotent. */
export async function liftDeploymentDrain(mediaRegion: MediaRegion): Promise<void> {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key,
    UpdateExpression: 'REMOVE #drain',
    ExpressionAttributeNames: { '#drain': regional.drain.of(mediaRegion) },
  });
  await table().send(update);
}
