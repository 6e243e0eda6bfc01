import type { Answer, RequestContext } from '../../context.ts';
import type { ListedMeeting } from '../../contract/answers/meeting-list.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { toCursor } from '../../domain/access/cursor.ts';
import { withinReplicas } from '../../domain/access/page.ts';
import { startsAt, type Topology } from '../../domain/meeting/topology.ts';
import { replicaKey } from '../../store/keys.ts';
import { readViewers } from '../../store/replica/seats.ts';
import { type ListedTopology, readListed, readStatusList } from '../../store/topology/status-list.ts';
import { startOf } from '../shared/page.ts';
import { liveSinceView } from './topology-view.ts';

type ListRequest = RequestOf<(typeof operations)['listMeetings']>;

/** A page reads the list this many times at most. It may then be short, and still have a next one. */
const MOST_READS = 5;
/** A page ends early once its meetings have more replicas than this: the counts of each are one item to read. */
const MOST_REPLICAS = 1000;

/**
 * List the meetings with one status. The entrance admits only hosts whose token names no meeting. A ban is of one meeting, so
 * none applies here. Each row costs a read of its topology, and one of each replica's counts.
 */
export async function listMeetings(request: ListRequest, context: RequestContext): Promise<Answer> {
  const { status, limit, cursor } = request;
  const list = JSON.stringify({ meetings: status });
  const found: ListedTopology[] = [];
  let page: { after?: string } | undefined = startOf(list, cursor);
  for (let reads = 0; page && found.length < limit && reads < MOST_READS; reads++) {
    const { positions, next } = await readStatusList(status, {
      after: page.after,
      limit: limit - found.length,
    });
    found.push(...(await readListed(status, positions, context.now())));
    page = next === undefined ? undefined : { after: next };
  }
  const kept = withinReplicas(found, MOST_REPLICAS);
  const after = kept.length < found.length ? kept.at(-1)?.position : page?.after;
  const next = after === undefined ? {} : { cursor: toCursor(list, { shard: 0, after }) };
  return { status: 200, body: { meetings: await rowsOf(kept.map(({ topology }) => topology)), ...next } };
}

async function rowsOf(topologies: Topology[]): Promise<ListedMeeting[]> {
  const live = topologies.filter(({ status }) => status === 'live');
  const viewers = await readViewers(
    live.flatMap((topology) => topology.replicas.map(({ ordinal }) => replicaKey(topology, ordinal))),
  );
  return topologies.map((topology) => {
    const { externalMeetingId, status, epoch, options, replicas } = topology;
    return {
      ...{ externalMeetingId, status, epoch },
      ...(options.startsAt !== undefined && { startsAt: new Date(startsAt(topology)).toISOString() }),
      ...liveSinceView(topology),
      viewers: viewers.get(externalMeetingId) ?? 0,
      replicas: status === 'live' ? replicas.length : 0,
    };
  });
}
