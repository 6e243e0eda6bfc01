import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { lookUpTopology } from '../shared/context.ts';
import { topologyView } from './topology-view.ts';

type GetRequest = RequestOf<(typeof operations)['getMeeting']>;

/** Return the topology of a name and, on request, the people on stage. */
export async function getMeeting(
  { externalMeetingId, stage }: GetRequest,
  context: RequestContext,
): Promise<Answer> {
  const topology = await lookUpTopology(externalMeetingId, context);
  const [view, people] = await allSettledOrThrow([
    topologyView(topology, context.caller),
    stage ? { stage: await stageView(topology) } : {},
  ]);
  return { status: 200, body: { ...view, ...people } };
}

/** The people on stage, by user id. Every attendee of the meeting sees them at Chime anyway. */
async function stageView({ externalMeetingId, status, stage }: Topology): Promise<object[]> {
  const names = status === 'live' ? [...stage].sort() : [];
  const people = await readParticipants(externalMeetingId, names);
  const shown = new Map(people.map(({ externalUserId, displayName }) => [externalUserId, displayName]));
  return names.map((externalUserId) => {
    const displayName = shown.get(externalUserId);
    return { externalUserId, ...(displayName && { displayName }) };
  });
}
