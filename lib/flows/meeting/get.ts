import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { faresOf, shownSlices } from '../../domain/client-events/counters.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { readClientCounters } from '../../store/client-events.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { lookUpTopology } from '../shared/context.ts';
import { topologyView } from './topology-view.ts';

type GetRequest = RequestOf<(typeof operations)['getMeeting']>;

/** Return the topology of a name and, on request, the people on stage and how the audience fares. */
export async function getMeeting(
  { externalMeetingId, stage, clientEvents }: GetRequest,
  context: RequestContext,
): Promise<Answer> {
  const topology = await lookUpTopology(externalMeetingId, context);
  const showsFares = clientEvents && context.caller.role !== 'viewer';
  const views = await allSettledOrThrow([
    topologyView(topology, context.caller),
    stage ? stageView(topology) : {},
    showsFares ? faresView(externalMeetingId, context.now()) : {},
  ]);
  return { status: 200, body: Object.assign({}, ...views) };
}

/** The people on stage, by user id. Every attendee of the meeting sees them at Chime anyway. */
async function stageView({ externalMeetingId, status, stage }: Topology): Promise<object> {
  const names = status === 'live' ? [...stage].sort() : [];
  const people = await readParticipants(externalMeetingId, names);
  const shown = new Map(people.map(({ externalUserId, displayName }) => [externalUserId, displayName]));
  const named = names.map((externalUserId) => {
    const displayName = shown.get(externalUserId);
    return { externalUserId, ...(displayName && { displayName }) };
  });
  return { stage: named };
}

/** How the people of each media region fared in the last minutes, by what their clients reported. */
async function faresView(externalMeetingId: string, now: number): Promise<object> {
  return { clientEvents: faresOf(await readClientCounters(externalMeetingId, shownSlices(now))) };
}
