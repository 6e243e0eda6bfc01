import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { handIn, isAttending } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import type { Listed } from '../../store/participant/lists.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { lookUpTopology } from '../shared/context.ts';
import { pageOf } from '../shared/page.ts';

type ListRequest = RequestOf<(typeof operations)['listHands']>;

/** A page reads the list this many times at most. It may then be short, and still have a next one. */
const MOST_READS = 5;

/**
 * List the raised hands, oldest first, including those raised before the caller joined. Hands of people who are no
 * longer present are left out; they do not use up the page.
 */
export async function listHands(request: ListRequest, context: RequestContext): Promise<Answer> {
  const topology = await lookUpTopology(request.externalMeetingId, context);
  const { externalMeetingId, incarnation } = topology;
  const up: Raised[] = [];
  let page: { limit: number; cursor?: string } | undefined = request;
  for (let reads = 0; page && up.length < request.limit && reads < MOST_READS; reads++) {
    const limit: number = request.limit - up.length;
    const { listed, next } = await pageOf({ hands: { externalMeetingId, incarnation } }, { ...page, limit });
    up.push(...(await ofThoseHere(topology, listed)));
    page = next.cursor === undefined ? undefined : { limit, cursor: next.cursor };
  }
  const hands = up.map(({ at, ...person }) => ({ ...person, raisedAt: at }));
  return { status: 200, body: { hands, ...(page?.cursor && { cursor: page.cursor }) } };
}

interface Raised extends Listed {
  displayName?: string;
}

async function ofThoseHere(topology: Topology, listed: Listed[]): Promise<Raised[]> {
  const names = listed.map(({ externalUserId }) => externalUserId);
  const people = await readParticipants(topology.externalMeetingId, names);
  const here = people.filter((one) => isAttending(topology, one) && handIn(topology, one));
  const byName = new Map(here.map((one) => [one.externalUserId, one]));
  return listed.flatMap((one) => {
    const found = byName.get(one.externalUserId);
    return found ? [{ ...one, ...(found.displayName && { displayName: found.displayName }) }] : [];
  });
}
