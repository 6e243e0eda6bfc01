import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { beingOpened, isOnSale, type LiveTopology } from '../../domain/meeting/topology.ts';
import {
  type OpenPlacement,
  type Placement,
  placeableMediaRegions,
} from '../../domain/placement/decision.ts';
import { recordOf } from '../../domain/placement/placement-record.ts';
import { measure } from '../../metrics.ts';
import { Refusal } from '../../refusals.ts';
import { settings } from '../../settings.ts';
import type { ReplicaKey } from '../../store/keys.ts';
import { openReplica } from '../opening/replica.ts';
import { type Attempt, answered, RETRY_NOW } from '../shared/attempt.ts';
import { retryLater } from './answers.ts';
import { decidePlacement } from './placement.ts';
import { scaleOut } from './scale-out.ts';
import { assignSeat, type Chosen } from './seat.ts';
import { countSeated, leavesSeat, OLD_MS, type Queued, queueUp, untilOpen } from './seat-queue.ts';
import type { SeatingContext } from './sitting.ts';
import { makeSure } from './sold-out.ts';

/** A viewer without a seat, and a topology whose replicas have seats. */
type LiveSeating = SeatingContext & { topology: LiveTopology };

/** What the earlier attempts of a viewer's join found. */
export interface Progress {
  /** One tried to open a replica. */
  hasTried: boolean;
  /** The ordinals of replicas that one found without a ticket, or another request of this container a moment before. */
  missed: Set<number>;
}

/** What the placement of one viewer starts from. `queued`: absent if this container has not read the queue. */
interface Start {
  mediaRegion: MediaRegion;
  /** When the topology was read (milliseconds since the Unix epoch). A request's first attempt may begin with an older one. */
  readAt: number;
  isFirst: boolean;
  queued: Queued | undefined;
  /** The viewer's record was not read. It must be before any other outcome than a seat. */
  isUnread: boolean;
  /** Replicas that count as sold out, although nobody had marked them when the topology was read. */
  assumed: ReplicaKey[];
}

/**
 * Place a viewer. A cached topology is good enough to draw a ticket, because the draw is conditional. Opening a
 * replica or refusing a viewer needs a fresh read. Answering `waiting` needs one at most 200 ms old.
 */
export async function placeInAudience(
  sitting: LiveSeating,
  { mediaRegion, readAt, isFirst, queued, isUnread, assumed }: Start,
  progress: Progress,
): Promise<Attempt> {
  const { topology, context } = sitting;
  const request = { mediaRegion, queue: queued?.queue, ...progress };
  const { placement, viewer, isElected } = await decidePlacement(topology, request, context);
  if (placement.kind !== 'seat' && isUnread) return RETRY_NOW;
  if (placement.kind !== 'seat' && isFirst && isOld(placement, context.now() - readAt)) return RETRY_NOW;
  if (placement.kind === 'wait') {
    const isInQueue = queued && !isElected && placement.until === undefined;
    const waitMs = isInQueue
      ? await queueUp(topology, queued, context)
      : untilOpen(topology, placement, { viewer, queued });
    return answered(retryLater('opening', waitMs));
  }
  if (assumed.length > 0 && needsTheLast(placement, topology, context.now())) {
    await makeSure(topology, assumed, progress.missed);
    return RETRY_NOW;
  }
  if (placement.kind === 'full') throw full();
  if (placement.kind === 'open') return open(sitting, placement, progress);
  if (queued && !isElected && leavesSeat(topology, placement.replica, queued, context))
    return answered(retryLater('opening', await queueUp(topology, queued, context)));
  if (queued) await countSeated(topology, queued, context);
  const chosen = { ...placement, viewerMediaRegion: mediaRegion, decidedBy: recordOf(topology, viewer) };
  return seatAndGrow({ ...sitting, isUnread }, chosen, progress);
}

/** Whether a viewer is refused, or a first replica is opened for them, because no seat was found. In a crowd any further one is needed. */
function needsTheLast(placement: Placement, topology: LiveTopology, now: number): boolean {
  if (placement.kind !== 'open') return placement.kind === 'full';
  return placement.reason !== 'unfinished' && beingOpened(topology, now).length === 0;
}

function full(): Refusal {
  measure('ReplicaCeilingReached');
  return new Refusal('MEETING_FULL');
}

/** Whether a placement needs a newer topology than one of this age (milliseconds). */
function isOld({ kind }: Placement, ageMs: number): boolean {
  return kind !== 'wait' || ageMs > OLD_MS;
}

/**
 * Open a replica for a viewer. An elected opener that got no permit, or whose call failed, is placed again like any
 * other viewer. So is a viewer whose media region failed, while another one has a free seat.
 */
async function open(
  { topology, context }: LiveSeating,
  where: OpenPlacement,
  progress: Progress,
): Promise<Attempt> {
  const next = await openReplica(topology, where, context);
  if (next.kind === 'retry' && next.after === 'shortly') return next; // another request was faster
  progress.hasTried = true;
  if (next.kind === 'retry') return RETRY_NOW;
  const placeable = placeableMediaRegions(topology, settings().controlRegion);
  const isSeatFree = topology.replicas
    .filter(isOnSale)
    .some(({ mediaRegion }) => placeable.includes(mediaRegion));
  if (where.reason === 'many-wait') return next.isOthersTime && !isSeatFree ? next : RETRY_NOW;
  return next.failed && isSeatFree ? RETRY_NOW : next;
}

/** Assign a seat, then scale out if that is due. */
async function seatAndGrow(
  sitting: LiveSeating & { isUnread: boolean },
  chosen: Chosen,
  { missed }: Progress,
): Promise<Attempt> {
  const { result, drew } = await assignSeat(sitting, chosen, missed);
  if (drew) await scaleOut(sitting.topology, { ...drew, replica: chosen.replica }, sitting.context);
  return result;
}
