import type { RequestContext } from '../../context.ts';
import { Refusal } from '../../refusals.ts';
import { freshTopology } from '../../store/topology/topologies.ts';

/** Refuse a change of a name that other requests kept changing. */
export function refuseContended(): never {
  throw new Refusal('UPSTREAM_UNAVAILABLE', { detail: 'Other requests are changing this meeting.' });
}

/** Refuse a change that only a name takes which is known and not ended. */
export async function refuseGone(externalMeetingId: string, context: RequestContext): Promise<never> {
  const topology = await freshTopology(externalMeetingId, context.now());
  throw new Refusal(topology ? 'MEETING_ENDED' : 'MEETING_NOT_FOUND');
}
