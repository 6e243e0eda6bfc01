import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { isAhead, placeIn, type Seat, seatIn } from '../../domain/meeting/participant.ts';
import { beingOpened, isLive, type LiveTopology } from '../../domain/meeting/topology.ts';
import { whyClosed } from '../../domain/meeting/waiting-room.ts';
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
import { checkPrimary } from '../epoch/verify-primary.ts';
import { openReplica } from '../opening/replica.ts';
import { noteEvidence } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { subjectOf } from '../shared/context.ts';
import { type JoinRequest, sessionOf } from '../shared/join-request.ts';
import { mediaRegionOf, nearestPlaceable } from '../shared/viewer.ts';
import { leavePlace } from '../stage/leave.ts';
import { retryLater, waiting } from './answers.ts';
import { openAsViewer } from './open-as-viewer.ts';
import { decidePlacement } from './placement.ts';
import { resumeSeat } from './resume-seat.ts';
import { returnToStage } from './return-to-stage.ts';
import { scaleOut } from './scale-out.ts';
import { assignSeat, type Chosen } from './seat.ts';
import { countSeated, leavesSeat, look, OLD_MS, type Queued, queueUp, untilOpen } from './seat-queue.ts';
import type { SeatingContext } from './sitting.ts';
import { makeSure, missedLately, withoutMissed } from './sold-out.ts';
import { tellToWait, toldSoFar } from './waiting-room.ts';

/**
 * Join a viewer: resume their seat, or draw the next ticket of the replica that placement chooses. Assigning a seat
 * makes no call to Chime. If there is no seat, the first request opens a replica, and the others are told when to
 * retry.
 */
export async function joinAudience(request: JoinRequest, context: RequestContext): Promise<Answer> {
  const progress = { hasTried: false, missed: new Set<number>(), toldBefore: toldSoFar() };
  return retryUntilAnswered(
    context,
    BOUNDS.seat,
    (look) => attempt(request, { context, isFirst: look === 0, progress }),
    (later) =>
      waiting(
        context,
        'opening',
        later?.retryAfterMs ?? (progress.missed.size > 0 ? DREW_IN_VAIN_MS : undefined),
      ),
  );
}

/** A viewer who found only replicas without a ticket returns soon: the last seats are sold quickly (milliseconds). */
const DREW_IN_VAIN_MS = 200;

/** One attempt of a request, and the progress of the request so far. */
interface Try {
  context: RequestContext;
  isFirst: boolean;
  /**
   * `hasTried`: an earlier attempt of this request tried to open a replica. `missed`: the replicas that it found without a ticket, or
   * another request a moment before. `toldBefore`: how many people this container had told to wait when the request began.
   */
  progress: { hasTried: boolean; missed: Set<number>; toldBefore: number };
}

async function attempt(request: JoinRequest, tried: Try): Promise<Attempt> {
  const { externalMeetingId, body } = request;
  const { context, isFirst, progress } = tried;
  const waited = body.waited === true;
  const {
    read: { topology, readAt },
    participant: record,
    queue,
  } = await look(externalMeetingId, { isFirst, waited }, context);
  const isUnread = record === 'unread';
  const participant = isUnread ? undefined : record;
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  if (isFirst && isAhead(topology, participant)) return RETRY_NOW;
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  if (participant?.bannedAt) throw new Refusal('BANNED');
  const [primary] = await allSettledOrThrow([
    checkPrimary(topology, context),
    noteEvidence(externalMeetingId, participant, context),
  ]);
  if (primary === 'moved-on') return RETRY_NOW;
  const sitting = { topology, participant, session: sessionOf(request, context), context };
  await leaveStageUnlessPromoted(sitting);
  const seat = seatIn(topology, participant);
  if (seat) return backInPlace(sitting, seat);
  const mediaRegion = mediaRegionOf(topology, { asked: body.mediaRegion, context });
  const closed = whyClosed(topology, context.now());
  if (closed)
    return answered(await tellToWait(topology, { reason: closed, mediaRegion, ...progress }, context));
  if (!isLive(topology)) return openAsViewer(topology, mediaRegion, context);
  const queued = queue && { queue, waited, mediaRegion: nearestPlaceable(topology, mediaRegion) };
  if (isFirst) for (const ordinal of missedLately(topology, context.now())) progress.missed.add(ordinal);
  const onSale = await withoutMissed(topology, { missed: progress.missed, isFresh: !isFirst }, context);
  const start = { mediaRegion, readAt, queued, isUnread, assumed: onSale.assumed };
  return place({ ...sitting, topology: onSale.topology }, start, tried);
}

/** A viewer without a seat, and a topology whose replicas have seats. */
type LiveSeating = SeatingContext & { topology: LiveTopology };

/** Resume the viewer's seat, and the place on stage if they left it a moment ago. */
async function backInPlace(sitting: SeatingContext, seat: Seat): Promise<Attempt> {
  const resumed = await resumeSeat(sitting, seat);
  const stage = resumed.kind === 'answer' ? await returnToStage(sitting) : 'seated';
  return stage === 'seated' ? resumed : stage;
}

/** Take a former presenter off the stage who now joins as a viewer. */
async function leaveStageUnlessPromoted({ topology, participant, context }: SeatingContext): Promise<void> {
  const place = placeIn(topology, participant);
  if (!place || place.promoted) return;
  await leavePlace(subjectOf({ topology, participant }, context), place, context);
}

/** What the placement of one viewer starts from. `queued`: absent if this container has not read the queue. */
interface Start {
  mediaRegion: MediaRegion;
  readAt: number;
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
async function place(
  sitting: LiveSeating,
  { mediaRegion, readAt, queued, isUnread, assumed }: Start,
  { isFirst, progress }: Try,
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
  progress: Try['progress'],
): Promise<Attempt> {
  const next = await openReplica(topology, where, context);
  if (next.kind === 'retry' && next.after === 'shortly') return next; // another request was faster
  progress.hasTried = true;
  if (next.kind === 'retry') return RETRY_NOW;
  const placeable = placeableMediaRegions(topology, settings().controlRegion);
  const isSeatFree = topology.replicas.some(
    ({ state, soldOut, mediaRegion }) => state === 'open' && !soldOut && placeable.includes(mediaRegion),
  );
  if (where.reason === 'many-wait') return next.isOthersTime && !isSeatFree ? next : RETRY_NOW;
  return next.failed && isSeatFree ? RETRY_NOW : next;
}

/** Assign a seat, then scale out if that is due. */
async function seatAndGrow(
  sitting: LiveSeating & { isUnread: boolean },
  chosen: Chosen,
  { missed }: Try['progress'],
): Promise<Attempt> {
  const { result, drew } = await assignSeat(sitting, chosen, missed);
  if (drew) await scaleOut(sitting.topology, { ...drew, replica: chosen.replica }, sitting.context);
  return result;
}
