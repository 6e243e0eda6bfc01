import type { Topology } from '../../domain/meeting/topology.ts';
import { any, type Clause } from '../conditions.ts';
import { outcome } from '../table.ts';
import { primaryAsRead, primaryIs } from './clauses.ts';
import { rememberCheck } from './topologies.ts';
import { changeTopology } from './topology-writes.ts';

/**
 * Win the right to ask Chime whether the primary exists, once per interval. A request that loses remembers the check
 * too. A right that `owner` already has counts as won, because the SDK repeats a write whose response was lost.
 */
export async function takeCheck(
  topology: Topology,
  { owner, now }: { owner: string; now: number },
): Promise<'taken' | 'conflict'> {
  const isOurs = '#primary.checkedAt = :now AND #primary.checkedBy = :owner';
  const write = changeTopology(topology, {
    update: 'SET #primary.checkedAt = :now, #primary.checkedBy = :owner',
    clauses: [primaryAsRead(topology), any(notCheckedSince(topology), isOurs)],
    values: { ':now': now, ':owner': owner },
  });
  const taken = await outcome(write, 'taken', 'conflict');
  rememberCheck(topology.externalMeetingId, now);
  return taken;
}

function notCheckedSince({ primary }: Topology): Clause {
  const seen = primary?.checkedAt;
  if (seen === undefined) return 'attribute_not_exists(#primary.checkedAt)';
  return { expression: '#primary.checkedAt = :seen', values: { ':seen': seen } };
}

/**
 * Record that Chime found this primary at `now`, so that the next check is not due for an interval. Idempotent. No effect if the
 * primary is another one by now, or if a later check is on record.
 */
export async function noteAlive(
  topology: Pick<Topology, 'externalMeetingId' | 'epoch'>,
  meetingId: string,
  now: number,
): Promise<void> {
  const isLater = 'attribute_not_exists(#primary.checkedAt) OR #primary.checkedAt < :now';
  await changeTopology(topology, {
    update: 'SET #primary.checkedAt = :now',
    clauses: [primaryIs(meetingId), isLater],
    values: { ':now': now },
  });
}

/** Record since when the stage is empty. An earlier instant stays. */
export async function noteEmpty(topology: Topology, since: number): Promise<void> {
  await changeTopology(topology, {
    update: 'SET #primary.emptySince = :since',
    clauses: [primaryAsRead(topology), 'attribute_not_exists(#primary.emptySince)'],
    values: { ':since': since },
  });
}

/**
 * Record that a person is on stage. After this write no reconciler ends the meeting as empty based on an earlier
 * read.
 */
export async function noteAttended(topology: Topology): Promise<'noted' | 'conflict'> {
  const write = changeTopology(topology, {
    update: 'REMOVE #primary.emptySince',
    clauses: [primaryAsRead(topology)],
  });
  return outcome(write, 'noted', 'conflict');
}
