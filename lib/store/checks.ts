import type { Topology } from '../domain/topology.ts';
import { rememberCheck } from './topologies.ts';
import { changeTopology } from './topology-writes.ts';

/**
 * Win the right to ask Chime whether the primary lives, once an interval. Losers remember that somebody asks. A right that is
 * `owner`'s already counts as won: the write was repeated for want of an answer.
 */
export async function takeCheck(
  topology: Topology,
  { owner, now }: { owner: string; now: number },
): Promise<'taken' | 'lost'> {
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
  return done === 'lost' ? 'lost' : 'taken';
}

/** Note since when nobody is on stage, or that somebody is again. */
export async function noteEmpty(topology: Topology, since: number | undefined): Promise<void> {
  await changeTopology(topology, {
    update: since === undefined ? 'REMOVE #primary.emptySince' : 'SET #primary.emptySince = :since',
    clauses: ['#primary.Meeting.MeetingId = :primaryId'],
    names: { '#primary': 'primary' },
    values: {
      ':primaryId': topology.primary?.Meeting?.MeetingId,
      ...(since !== undefined && { ':since': since }),
    },
  });
}
