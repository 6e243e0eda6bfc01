import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { allowedMediaRegions } from '../../domain/placement/decision.ts';
import { type DrainProgress, drainProgress } from '../../domain/placement/drain-progress.ts';
import { Refusal } from '../../refusals.ts';
import { settings } from '../../settings.ts';
import { replicaKey } from '../../store/keys.ts';
import { readSeats } from '../../store/replica/seats.ts';
import * as drains from '../../store/topology/drains.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { evacuate } from '../opening/evacuate.ts';
import { admitUnread } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { lookUpTopology } from '../shared/context.ts';
import { seatsIn } from '../shared/seats.ts';
import { refuseContended, refuseGone } from './contended.ts';

type DrainRequest = RequestOf<(typeof operations)['drainRegion']>;
type LiftRequest = RequestOf<(typeof operations)['liftDrain']>;

/** One request works on the evacuation for this long, and then reports its progress (milliseconds). */
const WORK_MS = 6000;
const AGAIN_MS = 1000;

/**
 * Drain a media region: no viewer is placed there any more, and nothing is opened there. With `evacuate` its viewers are moved.
 * The response reports the progress. A retry continues, and so does the reconciler. Idempotent.
 */
export async function drainRegion(request: DrainRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, mediaRegion, body } = request;
  const topology = await record(request, context);
  if (body.evacuate) await evacuate(externalMeetingId, context.now() + WORK_MS, context);
  const now = (await freshTopology(externalMeetingId, context.now())) ?? topology;
  return answerOf(await progressOf(now, mediaRegion), request);
}

/** Record the drain in the topology as it is now, and return that. After a conflict the topology is read again. */
async function record(
  { externalMeetingId, mediaRegion, body }: DrainRequest,
  context: RequestContext,
): Promise<Topology> {
  const attempt = async (): Promise<Attempt<Topology>> => {
    const topology = await lookUpTopology(externalMeetingId, context);
    if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
    const elsewhere = regionsElsewhere(topology, mediaRegion);
    if (!elsewhere) throw new Refusal('NOWHERE_ELSE');
    const before = topology.drains?.[mediaRegion];
    if (before?.evacuate === body.evacuate && before.by === undefined) return answered(topology);
    const drain = { mediaRegion, evacuate: body.evacuate, elsewhere };
    return (await drains.setDrain(topology, drain, context.now())) === 'set' ? answered(topology) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.options, attempt, refuseContended);
}

/** The allowed media regions besides this one. Undefined where all of them are drained. */
export function regionsElsewhere(topology: Topology, mediaRegion: MediaRegion): MediaRegion[] | undefined {
  const others = allowedMediaRegions(topology, settings().controlRegion).filter(
    (each) => each !== mediaRegion,
  );
  return others.every((each) => topology.drains?.[each]) ? undefined : others;
}

async function progressOf(topology: Topology, mediaRegion: string): Promise<DrainProgress | undefined> {
  const here = topology.replicas.filter((replica) => replica.mediaRegion === mediaRegion);
  const counts = await readSeats(here.map(({ ordinal }) => replicaKey(topology, ordinal)));
  const { controlRegion } = settings();
  const all = drainProgress(topology, { seats: seatsIn(counts), controlRegion });
  return all.find((one) => one.mediaRegion === mediaRegion);
}

/** `undefined`: another host has lifted the drain, or ended the meeting and opened it again. */
function answerOf(progress: DrainProgress | undefined, { mediaRegion, body }: DrainRequest): Answer {
  if (!progress) refuseContended();
  const isMoving = progress.status.startsWith('moving');
  const retryAfterMs = isMoving ? AGAIN_MS : undefined;
  return {
    status: 202,
    body: { ...progress, mediaRegion, evacuate: body.evacuate, ...(retryAfterMs && { retryAfterMs }) },
    ...(retryAfterMs && { retryAfterMs }),
  };
}

/** Lift a drain: viewers are placed there again, and an evacuation stops where it is. Idempotent. */
export async function liftDrain(request: LiftRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, mediaRegion } = request;
  await admitUnread(externalMeetingId, context);
  if ((await drains.liftDrain(externalMeetingId, mediaRegion)) === 'lifted') return { status: 204 };
  return refuseGone(externalMeetingId, context);
}
