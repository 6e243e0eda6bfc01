import type { RequestContext } from '../../context.ts';
import { absentFromStage, hearsEvents, stageRunsShort } from '../../domain/meeting/absence.ts';
import { type Participant, placeIn } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { inThisEpoch } from '../../store/participant/participants.ts';
import { claimAbsent } from '../../store/participant/places.ts';
import { leaseFor } from '../shared/lease.ts';
import { leaveClaimed } from '../stage/leave.ts';

/** One reconciler pass frees at most this many places, because each costs a call to Chime. */
const MOST_AT_ONCE = 10;

/**
 * Free the places of absent people, if the stage runs short. They had no connection to it for long enough, and made
 * no request. A promoted viewer keeps the seat. `people`: those on stage, as their records were read.
 */
export async function reconcileAbsent(
  topology: Topology,
  people: readonly Participant[],
  context: RequestContext,
): Promise<void> {
  if (!stageRunsShort(topology)) return;
  const rule = { droppedSeatMs: settings().droppedSeatMs, hearsEvents: hearsEvents(topology, people) };
  const absent = absentFromStage(topology, people, { ...rule, now: context.now() });
  for (const participant of absent.slice(0, MOST_AT_ONCE)) await free(topology, participant, context);
}

async function free(topology: Topology, participant: Participant, context: RequestContext): Promise<void> {
  const place = placeIn(topology, participant);
  if (!place) return;
  const subject = inThisEpoch({ topology, caller: participant, knownEpoch: undefined });
  const lease = leaseFor(context);
  if ((await claimAbsent(subject, { place, lease, read: participant })) === 'conflict') return;
  await leaveClaimed(subject, { place, lease }, context);
}
