import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import {
  isClaimed,
  isLeaseExpired,
  isLive,
  type LiveTopology,
  type Replica,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { peopleIn, whyClosed } from '../../domain/meeting/waiting-room.ts';
import { isCooling } from '../../domain/placement/cool-downs.ts';
import { isDrained } from '../../domain/placement/decision.ts';
import { drainsOf } from '../../domain/placement/drains.ts';
import type { Forecast } from '../../domain/placement/provision-plan.ts';
import { remainingReplicas, takesPlace } from '../../domain/placement/remaining-replicas.ts';
import { settings } from '../../settings.ts';
import { forgetMeetings } from '../../store/topology/epochs.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { readWaiting } from '../../store/waiting.ts';
import { endIfEmpty } from '../epoch/end-if-empty.ts';
import { audienceAfter } from '../epoch/last-audience.ts';
import { teardown } from '../epoch/teardown.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { giveUpPrimary } from '../opening/abandoned-primary.ts';
import { evacuate } from '../opening/evacuate.ts';
import { mayOpenIn, openPlanned } from '../opening/forecast.ts';
import { openReplica } from '../opening/replica.ts';
import { undoReplica } from '../opening/undo-replica.ts';
import { noteEnd } from '../shared/ledger.ts';
import { deleteLeftovers } from '../shared/leftovers.ts';
import { settleCaptions } from '../stage/captions.ts';
import { reconcileReplicas } from './replicas.ts';
import { reconcileSeats } from './seats.ts';
import { reconcileStage } from './stage.ts';

/**
 * How often a live name is reconciled (milliseconds): a little less than the schedule's minute, so that no pass
 * skips it.
 */
const EVERY_MS = 50_000;
/** How often a drained name without meetings is visited (milliseconds). */
const DRAINED_MS = 3_600_000;
/** How long one pass moves the viewers of one name out of drained media regions (milliseconds). */
const EVACUATE_MS = 10_000;
/** How long one pass works on one host's forecast before it goes on to the next name (milliseconds). */
const PLAN_MS = 10_000;

/** Reconcile the records of one name. Returns when to do so again; `never` once it has no meetings. */
export async function reconcileMeeting(
  externalMeetingId: string,
  context: RequestContext,
): Promise<number | 'never'> {
  const topology = await freshTopology(externalMeetingId, context.now());
  if (!topology) return 'never';
  const next = await reconcileByStatus(topology, context);
  const leftovers = await deleteLeftovers(topology, context);
  return next === 'never' && leftovers === 'some-remain' ? context.now() + EVERY_MS : next;
}

async function reconcileByStatus(topology: Topology, context: RequestContext): Promise<number | 'never'> {
  if (topology.status === 'ended') return reconcileEnded(topology, context);
  if (!isLive(topology)) return reconcileScheduled(topology, context);
  await reconcileLive(topology, context);
  return context.now() + EVERY_MS;
}

/** The end is noted again, because the request that ended the name may have died before it did; the earliest counts. */
async function reconcileEnded(topology: Topology, context: RequestContext): Promise<'never'> {
  await allSettledOrThrow([teardown(topology, context), noteEnd(topology, context.now())]);
  await forgetMeetings(topology, await audienceAfter(topology));
  return 'never';
}

/**
 * Handle a primary whose claim expired without a retry. A drained name stays on the list although it has no meetings, so that
 * operators who lift their drains find it there.
 */
async function reconcileScheduled(topology: Topology, context: RequestContext): Promise<number | 'never'> {
  const { primary } = topology;
  if (isClaimed(primary, context.now())) return primary?.lease?.until ?? context.now();
  if (isLeaseExpired(primary, context.now()) && (await giveUpPrimary(topology, context)) === 'conflict')
    return context.now() + EVERY_MS;
  return topology.drains ? context.now() + DRAINED_MS : 'never';
}

/** Reconcile a live name. A failure to open replicas is thrown at the end, so that the other steps still run. */
async function reconcileLive(topology: LiveTopology, context: RequestContext): Promise<void> {
  if ((await checkPrimary(topology, context)) === 'moved-on') return;
  if ((await endIfEmpty(topology, context)) === 'ended') return;
  try {
    await finishOpening(topology, context);
  } finally {
    await reconcileReplicas(topology, context);
    await reconcileStage(topology, context);
    await settleCaptions(topology, context, 'reconciling');
    await reconcileSeats(topology, context);
    if (drainsOf(topology).some((drain) => drain.evacuate))
      await evacuate(topology.externalMeetingId, context.now() + EVACUATE_MS, context);
  }
}

/**
 * Finish replicas that a crash left unfinished, or undo them where their media region is drained; and open those of the forecast. Where the host gave none, the people who
 * wait for the start or behind the curtain are the forecast.
 */
async function finishOpening(topology: LiveTopology, context: RequestContext): Promise<void> {
  const unfinished = topology.replicas.filter((replica) => isLeaseExpired(replica, context.now()));
  for (const replica of unfinished)
    if (mayOpenIn(topology, replica.mediaRegion, context.now()))
      await finishOrUndo(topology, replica, context);
    else if (mayUndoIn(topology, replica.mediaRegion, context.now()))
      await undoReplica(topology, replica, context);
  const guess = topology.forecast ? undefined : await waitingAudience(topology, context.now());
  await openPlanned(topology.externalMeetingId, { until: context.now() + PLAN_MS, guess }, context);
}

/** Whether a replica whose opening stopped half-way there is undone: the media region is drained, and Chime may answer there. */
const mayUndoIn = (topology: LiveTopology, mediaRegion: MediaRegion, now: number) =>
  isDrained(topology, mediaRegion, settings().controlRegion) && !isCooling(topology, mediaRegion, now);

/** How many people wait in which media region, as the last slice of time counted them. Undefined where the meeting is open. */
async function waitingAudience(topology: LiveTopology, now: number): Promise<Forecast | undefined> {
  const closed = whyClosed(topology, now);
  if (closed !== 'not-started' && closed !== 'not-live') return undefined;
  return peopleIn(await readWaiting(topology.externalMeetingId), now);
}

async function finishOrUndo(
  topology: LiveTopology,
  replica: Replica,
  context: RequestContext,
): Promise<void> {
  const now = (await freshTopology(topology.externalMeetingId, context.now())) ?? topology;
  const hasPlace = takesPlace(replica) || remainingReplicas(now, context.now()) > 0;
  await (hasPlace ? openReplica(topology, replica, context) : undoReplica(topology, replica, context));
}
