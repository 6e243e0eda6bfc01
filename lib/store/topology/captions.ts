import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CaptionsAsked, CaptionsSeen, CaptionsWish } from '../../domain/captions/wish.ts';
import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { all, any, type Clause, when } from '../conditions.ts';
import { topologyKey } from '../keys.ts';
import { outcome, TableName, table, unlessConflict } from '../table.ts';
import { notEnded, primaryAsRead, primaryIs } from './clauses.ts';
import { toTopology } from './topologies.ts';
import { changeTopology } from './topology-writes.ts';

/**
 * Record a wish for captions, if the wish before is still the one that was read. It holds in every epoch of this incarnation.
 * A wish of the same request counts as set, because the SDK repeats a write whose response was lost. Returns the topology with it:
 * the primary may have been opened, and asked for captions, since the topology was read.
 */
export async function setWish(topology: Topology, wish: CaptionsWish): Promise<Topology | 'conflict'> {
  const { captions: before, incarnation } = topology;
  const asRead: Clause = before
    ? { expression: 'captions.version = :before', values: { ':before': before.version } }
    : 'attribute_not_exists(captions)';
  const isOurs = {
    expression: 'captions.version = :version AND captions.#by = :by',
    names: { '#by': 'by' },
    values: { ':version': wish.version, ':by': wish.by },
  };
  const sameLife = { expression: 'incarnation = :incarnation', values: { ':incarnation': incarnation } };
  const update = new UpdateCommand({
    TableName: TableName(),
    Key: topologyKey(topology.externalMeetingId),
    UpdateExpression: 'SET captions = :wish',
    ...when(all(sameLife, notEnded, any(asRead, isOurs)), { values: { ':wish': wish } }),
    ReturnValues: 'ALL_NEW',
  });
  const done = await unlessConflict(table().send(update), 'conflict');
  return done === 'conflict' ? done : toTopology(done.Attributes ?? {});
}

const leaseIsOurs = ({ owner }: Lease): Clause => ({
  expression: '#primary.captionsAsked.lease.#owner = :owner',
  names: { '#owner': 'owner' },
  values: { ':owner': owner },
});

/**
 * Win the right to ask Chime for the captions of this primary, for the wish that was read. `conflict`: another request has the
 * right, or the wish or the primary is not as it was read. A right that is already ours counts as won, because the SDK repeats a
 * write whose response was lost.
 */
export async function claimCaptions(
  topology: Topology,
  lease: Lease,
  now: number,
): Promise<'claimed' | 'conflict'> {
  const before = topology.primary?.captionsAsked;
  const isFree = any('attribute_not_exists(#primary.captionsAsked.lease)', {
    expression: '#primary.captionsAsked.lease.#until <= :now',
    names: { '#until': 'until' },
    values: { ':now': now },
  });
  const asRead = before
    ? all(
        { expression: '#primary.captionsAsked.version = :asked', values: { ':asked': before.version } },
        isFree,
      )
    : 'attribute_not_exists(#primary.captionsAsked)';
  const sameWish = {
    expression: 'captions.version = :wish',
    values: { ':wish': topology.captions?.version },
  };
  const since = before?.since;
  const asked: CaptionsAsked = {
    ...{ version: before?.version ?? 0, at: now, by: lease.owner, lease },
    ...(since !== undefined && { since }),
  };
  const write = changeTopology(topology, {
    update: 'SET #primary.captionsAsked = :claim',
    clauses: [primaryAsRead(topology), sameWish, any(asRead, leaseIsOurs(lease))],
    values: { ':claim': asked },
  });
  return outcome(write, 'claimed', 'conflict');
}

/**
 * Record what became of asking Chime, and give the right back. `conflict`: the lease was taken over. The same result of the same
 * request counts as recorded, because the SDK repeats a write whose response was lost.
 */
export async function recordAsked(
  topology: Topology,
  lease: Lease,
  asked: Omit<CaptionsAsked, 'by' | 'lease'>,
): Promise<'recorded' | 'conflict'> {
  const isRecorded = {
    expression:
      '#primary.captionsAsked.#by = :owner AND #primary.captionsAsked.version = :version AND attribute_not_exists(#primary.captionsAsked.lease)',
    names: { '#by': 'by' },
    values: { ':owner': lease.owner, ':version': asked.version },
  };
  const write = changeTopology(topology, {
    update: 'SET #primary.captionsAsked = :asked',
    clauses: [primaryAsRead(topology), any(leaseIsOurs(lease), isRecorded)],
    values: { ':asked': { ...asked, by: lease.owner } },
  });
  return outcome(write, 'recorded', 'conflict');
}

/**
 * Apply what an event says of the captions of a primary. The latest event counts, in whatever order they come. A `conflict`
 * changes nothing: a later event is known, or the primary is another one.
 */
export async function applySeen(
  topology: Topology,
  meetingId: string,
  seen: CaptionsSeen,
): Promise<'applied' | 'conflict'> {
  const isLater = any(
    'attribute_not_exists(#primary.captionsSeen)',
    { expression: '#primary.captionsSeen.#at < :at', names: { '#at': 'at' }, values: { ':at': seen.at } },
    {
      expression: '#primary.captionsSeen.#at = :at AND #primary.captionsSeen.#rank <= :rank',
      names: { '#rank': 'rank' },
      values: { ':rank': seen.rank },
    },
  );
  const write = changeTopology(topology, {
    update: 'SET #primary.captionsSeen = :seen',
    clauses: [primaryIs(meetingId), isLater],
    values: { ':seen': seen },
  });
  return outcome(write, 'applied', 'conflict');
}
