import type { Topology } from '../../domain/meeting/topology.ts';
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
  const seen = topology.primary?.checkedAt;
  const notSince =
    seen === undefined ? 'attribute_not_exists(#primary.checkedAt)' : '#primary.checkedAt = :seen';
  const isOurs = '#primary.checkedAt = :now AND #primary.checkedBy = :owner';
  const done = await changeTopology(topology, {
    update: 'SET #primary.checkedAt = :now, #primary.checkedBy = :owner',
    clauses: ['#primary.Meeting.MeetingId = :primaryId', `(${notSince}) OR (${isOurs})`],
    names: { '#primary': 'primary' },
    values: {
      ':now': now,
      ':owner': owner,
      ':primaryId': topology.primary?.Meeting?.MeetingId,
      ...(seen !== undefined && { ':seen': seen }),
    },
  });
  rememberCheck(topology.externalMeetingId, now);
  return done === 'conflict' ? 'conflict' : 'taken';
}

/** Record since when the stage is empty. An earlier instant stays. */
export async function noteEmpty(topology: Topology, since: number): Promise<void> {
  await changeTopology(topology, {
    update: 'SET #primary.emptySince = :since',
    clauses: [primaryIsTheSame, 'attribute_not_exists(#primary.emptySince)'],
    names: { '#primary': 'primary' },
    values: { ...primaryOf(topology), ':since': since },
  });
}

/**
 * Record that a person is on stage. After this write no reconciler ends the meeting as empty based on an earlier
 * read.
 */
export async function noteAttended(topology: Topology): Promise<'noted' | 'conflict'> {
  const done = await changeTopology(topology, {
    update: 'REMOVE #primary.emptySince',
    clauses: [primaryIsTheSame],
    names: { '#primary': 'primary' },
    values: primaryOf(topology),
  });
  return done === 'conflict' ? 'conflict' : 'noted';
}

const primaryIsTheSame = '#primary.Meeting.MeetingId = :primaryId';
const primaryOf = ({ primary }: Topology) => ({ ':primaryId': primary?.Meeting?.MeetingId });
