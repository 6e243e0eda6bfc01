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
import { peopleIn } from '../../domain/meeting/waiting-room.ts';
import { isCooling } from '../../domain/placement/cool-downs.ts';
import { isDrained } from '../../domain/placement/decision.ts';
import { drainsOf } from '../../domain/placement/drains.ts';
import type { Forecast } from '../../domain/placement/provision-plan.ts';
import { remainingReplicas, takesPlace } from '../../domain/placement/remaining-replicas.ts';
import { EVERY_MS } from '../../domain/reconcile/schedule.ts';
import { settings } from '../../settings.ts';
import type { Plan } from '../../store/topology/due.ts';
import { forgetMeetings } from '../../store/topology/epochs.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { readWaiting } from '../../store/waiting.ts';
import { endIfEmpty } from '../epoch/end-if-empty.ts';
import { audienceAfter } from '../epoch/last-audience.ts';
import { teardown } from '../epoch/teardown.ts';
import { giveUpPrimary } from '../opening/abandoned-primary.ts';
import { evacuate } from '../opening/evacuate.ts';
import { mayOpenIn, openPlanned } from '../opening/forecast.ts';
import { openReplica } from '../opening/replica.ts';
import { undoReplica } from '../opening/undo-replica.ts';
import { noteEnd } from '../shared/ledger.ts';
import { deleteLeftovers } from '../shared/leftovers.ts';
import { settleCaptions } from '../stage/captions.ts';
import { isClosed } from './closed.ts';
import { calmFor } from './light.ts';
import { reconcileReplicas } from './replicas.ts';
import { reconcileSeats } from './seats.ts';
import { reconcileStage, seeStage } from './stage.ts';

/** How often a drained name without meetings is visited (milliseconds). */
const DRAINED_MS = 3_600_000;
/** How long one pass moves the viewers of one name out of drained media regions (milliseconds). */
const EVACUATE_MS = 10_000;
/** How long one pass works on one host's forecast before it goes on to the next name (milliseconds). */
const PLAN_MS = 10_000;

/** Reconcile the records of one name. Returns when to do so again; `never` once it has no meetings. */
export async function reconcileMeeting(topology: Topology, context: RequestContext): Promise<Plan | 'never'> {
  const plan = await reconcileByStatus(topology, context);
  const leftovers = await deleteLeftovers(topology, context);
  return leftovers === 'some-remain' ? soon(context) : plan;
}

/** Look again at the next pass. */
const soon = (context: RequestContext): Plan => ({ next: context.now() + EVERY_MS, isCalm: false });

async function reconcileByStatus(topology: Topology, context: RequestContext): Promise<Plan | 'never'> {
  if (topology.status === 'ended') return reconcileEnded(topology, context);
  if (!isLive(topology)) return reconcileScheduled(topology, context);
  if ((await reconcileLive(topology, context)) === 'look-again') return soon(context);
  return { next: context.now() + calmFor(topology), isCalm: true };
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
async function reconcileScheduled(topology: Topology, context: RequestContext): Promise<Plan | 'never'> {
  const { primary } = topology;
  if (isClaimed(primary, context.now()))
    return { next: primary?.lease?.until ?? context.now(), isCalm: false };
  if (isLeaseExpired(primary, context.now()) && (await giveUpPrimary(topology, context)) === 'conflict')
    return soon(context);
  return topology.drains ? { next: context.now() + DRAINED_MS, isCalm: true } : 'never';
}

/**
 * Reconcile a live name. A failure to open replicas is thrown at the end, so that the other steps still run. `look-again`: there
 * was something to repair, or Chime did not answer.
 */
async function reconcileLive(
  topology: LiveTopology,
  context: RequestContext,
): Promise<'calm' | 'look-again'> {
  const sight = await seeStage(topology, context);
  if (sight === 'moved-on' || (await endIfEmpty(topology, sight, context)) === 'ended') return 'look-again';
  const stage = sight ? await reconcileStage(topology, sight, context) : 'unseen';
  let replicas: 'alive' | 'unsure' = 'unsure';
  try {
    await finishOpening(topology, context);
  } finally {
    replicas = await reconcileReplicas(topology, context);
    await settleCaptions(topology, context, 'reconciling');
    await reconcileSeats(topology, context);
    if (drainsOf(topology).some((drain) => drain.evacuate))
      await evacuate(topology.externalMeetingId, context.now() + EVACUATE_MS, context);
  }
  return stage === 'right' && replicas === 'alive' ? 'calm' : 'look-again';
}

/**
 * Finish replicas that a crash left unfinished, or undo them where their media region is drained; and open those of the forecast.
 * Where the host gave none, the people who wait for the start or behind the curtain are the forecast.
 */
async function finishOpening(topology: LiveTopology, context: RequestContext): Promise<void> {
  const unfinished = topology.replicas.filter((replica) => isLeaseExpired(replica, context.now()));
  for (const replica of unfinished)
    if (mayOpenIn(topology, replica.mediaRegion, context.now()))
      await finishOrUndo(topology, replica, context);
    else if (mayUndoIn(topology, replica.mediaRegion, context.now()))
      await undoReplica(topology, replica, context);
  const guess = topology.forecast ? undefined : await waitingAudience(topology, context.now());
  if (!topology.forecast && !guess) return;
  await openPlanned(topology.externalMeetingId, { until: context.now() + PLAN_MS, guess }, context);
}

/** Whether a replica whose opening stopped half-way there is undone: the media region is drained, and Chime may answer there. */
const mayUndoIn = (topology: LiveTopology, mediaRegion: MediaRegion, now: number) =>
  isDrained(topology, mediaRegion, settings().controlRegion) && !isCooling(topology, mediaRegion, now);

/** How many people wait in which media region, as the last slice of time counted them. Undefined where the meeting is open. */
async function waitingAudience(topology: LiveTopology, now: number): Promise<Forecast | undefined> {
  if (!isClosed(topology, now)) return undefined;
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
