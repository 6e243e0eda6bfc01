import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import { MISSED_MS } from '../../domain/crowd/queue-wait.ts';
import { isAhead, placeIn, type Seat, seatIn } from '../../domain/meeting/participant.ts';
import { isLive } from '../../domain/meeting/topology.ts';
import { whyClosed } from '../../domain/meeting/waiting-room.ts';
import { Refusal } from '../../refusals.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { noteEvidence } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { subjectOf } from '../shared/context.ts';
import { type JoinRequest, sessionOf } from '../shared/join-request.ts';
import { mediaRegionOf, nearestPlaceable } from '../shared/viewer.ts';
import { leavePlace } from '../stage/leave.ts';
import { waiting } from './answers.ts';
import { openAsViewer } from './open-as-viewer.ts';
import { type Progress, placeInAudience } from './place-viewer.ts';
import { resumeSeat } from './resume-seat.ts';
import { returnToStage } from './return-to-stage.ts';
import { look } from './seat-queue.ts';
import type { SeatingContext } from './sitting.ts';
import { missedLately, withoutMissed } from './sold-out.ts';
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
      waiting(context, 'opening', later?.retryAfterMs ?? (progress.missed.size > 0 ? MISSED_MS : undefined)),
  );
}

/** One attempt of a request, and the progress of the request so far. */
interface Try {
  context: RequestContext;
  isFirst: boolean;
  /** `toldBefore`: how many people this container had told to wait when the request began. */
  progress: Progress & { toldBefore: number };
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
  const start = { mediaRegion, readAt, isFirst, queued, isUnread, assumed: onSale.assumed };
  return placeInAudience({ ...sitting, topology: onSale.topology }, start, progress);
}

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
