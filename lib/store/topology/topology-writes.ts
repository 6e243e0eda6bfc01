import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ALL_MEDIA_REGIONS } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { coolDownOf, topologyKey } from '../keys.ts';
import { all, TableName, table, unlessConflict } from '../table.ts';

/** The clauses of every change of a topology: it is in the same epoch, and not ended. */
export const sameEpoch = 'epoch = :epoch';
export const notEnded = '#status <> :ended';

export interface Change {
  update: string;
  clauses: string[];
  names?: Record<string, string>;
  values?: Record<string, unknown>;
  returns?: UpdateCommandInput['ReturnValues'];
}

/**
 * The recorded refusals of Chime that a change by the host removes, so that Chime is asked again. Use with
 * `forgottenNames`.
 */
export const forgotten = [
  'learnedLimit',
  'primaryProblem',
  ...ALL_MEDIA_REGIONS.map((_, k) => `#coolDown${k}`),
].join(', ');
export const forgottenNames = Object.fromEntries(
  ALL_MEDIA_REGIONS.map((mediaRegion, k) => [`#coolDown${k}`, coolDownOf(mediaRegion)]),
);

/** Write to the topology if it is still in this epoch and not ended. A `conflict` changes nothing. */
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

/** `taken-over`: an earlier claim did not finish, so its meeting may exist at Chime already. */
export type Claimed = 'claimed' | 'taken-over' | 'conflict';

/**
 * Whether a conditional write won the claim of the primary, and whether there was one before. Needs `UPDATED_OLD`.
 */
export function claimOutcome(
  done: { Attributes?: Record<string, unknown> | undefined } | 'conflict',
  claimed: 'primary',
): Claimed {
  if (done === 'conflict') return 'conflict';
  const before = (done.Attributes?.[claimed] ?? {}) as object;
  return Object.keys(before).length > 0 ? 'taken-over' : 'claimed';
}
