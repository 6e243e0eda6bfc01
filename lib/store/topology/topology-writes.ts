import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ALL_MEDIA_REGIONS } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { all, type Clause, when } from '../conditions.ts';
import { regional, topologyKey } from '../keys.ts';
import { TableName, table, unlessConflict } from '../table.ts';
import { notEnded, sameEpoch } from './clauses.ts';

export interface Change {
  update: string;
  clauses: Clause[];
  /** The names and values of the update; the clauses have their own. */
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
  ALL_MEDIA_REGIONS.map((mediaRegion, k) => [`#coolDown${k}`, regional.coolDown.of(mediaRegion)]),
);

/** All drains, to be removed by a reopening. Use with `drainNames`. */
export const allDrains = ALL_MEDIA_REGIONS.map((_, k) => `#drain${k}`).join(', ');
export const drainNames = Object.fromEntries(
  ALL_MEDIA_REGIONS.map((mediaRegion, k) => [`#drain${k}`, regional.drain.of(mediaRegion)]),
);

/** Write to the topology if it is still in this epoch and not ended. A `conflict` changes nothing. */
export async function changeTopology(
  topology: Pick<Topology, 'externalMeetingId' | 'epoch'>,
  change: Change,
) {
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: change.update,
    ...when(all(sameEpoch(topology), notEnded, ...change.clauses), change),
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
