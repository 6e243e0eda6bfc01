import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ALL_MEDIA_REGIONS } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { coolDownOf, topologyKey } from '../keys.ts';
import { all, TableName, table, unlessConflict } from '../table.ts';

/** What every change of a living topology asks first: nobody ended it, and its life is still this one. */
export const sameEpoch = 'epoch = :epoch';
export const notEnded = '#status <> :ended';

export interface Change {
  update: string;
  clauses: string[];
  names?: Record<string, string>;
  values?: Record<string, unknown>;
  returns?: UpdateCommandInput['ReturnValues'];
}

/** What a host's change forgets of what Chime refused, so that Chime is asked again at once. With `forgottenNames`. */
export const forgotten = [
  'learnedLimit',
  'primaryProblem',
  ...ALL_MEDIA_REGIONS.map((_, k) => `#coolDown${k}`),
].join(', ');
export const forgottenNames = Object.fromEntries(
  ALL_MEDIA_REGIONS.map((mediaRegion, k) => [`#coolDown${k}`, coolDownOf(mediaRegion)]),
);

/** One conditional write on the topology of this very epoch, unless it was ended. `lost` changes nothing. */
export async function changeTopology(topology: Topology, change: Change) {
  const values = { ':epoch': topology.epoch, ':ended': 'ended', ...change.values };
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: change.update,
    ConditionExpression: all(sameEpoch, notEnded, ...change.clauses),
    ExpressionAttributeNames: { '#status': 'status', ...change.names },
    ExpressionAttributeValues: values,
    ...(change.returns && { ReturnValues: change.returns }),
  });
  return unlessConflict(table().send(update), 'conflict');
}

/** `taken-over`: somebody set out and did not finish, so some of it may exist at Chime already. */
export type Claimed = 'claimed' | 'taken-over' | 'conflict';

/** Did a conditional write win the primary's claim, and was there one before it? It must have asked for `UPDATED_OLD`. */
export function claimOutcome(
  done: { Attributes?: Record<string, unknown> | undefined } | 'conflict',
  claimed: 'primary',
): Claimed {
  if (done === 'conflict') return 'conflict';
  const before = (done.Attributes?.[claimed] ?? {}) as object;
  return Object.keys(before).length > 0 ? 'taken-over' : 'claimed';
}
