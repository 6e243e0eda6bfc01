import type { Answer, Call } from '../../call.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import {
  epochIn,
  isAhead,
  type Participant,
  placeIn,
  type Seat,
  seatIn,
} from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { waitMs } from '../../domain/placement/crowd.ts';
import type { OpenPlacement, Placement } from '../../domain/placement/decision.ts';
import { recordOf } from '../../domain/placement/placement-record.ts';
import { measure } from '../../metrics.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import { ageOf, freshTopology, recentTopology } from '../../store/topology/topologies.ts';
import { checkPrimary } from '../epoch/verify-primary.ts';
import { paceOf } from '../opening/pace.ts';
import { openReplica } from '../opening/replica.ts';
import { noteEvidence } from '../shared/admit-caller.ts';
import { comeBack, waiting } from '../shared/attempt.ts';
import { type JoinRequest, sessionOf } from '../shared/join-request.ts';
import { mediaRegionOf } from '../shared/viewer.ts';
import { leavePlace } from '../stage/leave.ts';
import { type Decision, decidePlacement } from './placement.ts';
import { backInSeat } from './resume-seat.ts';
import { returnToStage } from './return-to-stage.ts';
import { openAnother } from './scale-out.ts';
import { type Chosen, sitDown } from './seat.ts';
import type { Sitting } from './sitting.ts';
import { beforeTheShow, nobodyToWatch } from './wait-for-presenter.ts';

const LOOKS_AT_MOST = 4;
/** A replica opens in less than half a second: nobody is told to wait by a picture that is older than this (ms). */
const OLD_MS = 200;

/**
 * Give a viewer a seat: the one they hold, else the next ticket of the replica where placement sends them. No
 * call to Chime is made for anybody's seat. Where no seat exists yet, whoever comes first opens a replica, and
 * the others are told when to ask again.
 */
export async function joinAudience(request: JoinRequest, call: Call): Promise<Answer> {
  let hasTried = false;
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const next = await attempt(request, { call, isFirst: look === 0, hasTried });
    if (typeof next === 'object') return next;
    hasTried ||= next === 'tried';
  }
  return waiting(call, 'opening');
}

/** What comes of a look: an answer; or look again, for we set out to open a replica ourselves, or something else moved. */
type Next = Answer | 'again' | 'tried';
interface Try {
  call: Call;
  isFirst: boolean;
  /** They set out to open a replica in a look before. */
  hasTried: boolean;
}

async function attempt(request: JoinRequest, tried: Try): Promise<Next> {
  const { externalMeetingId, body } = request;
  const { call, isFirst } = tried;
  const look = isFirst ? recentTopology : freshTopology;
  const [topology, participant] = await Promise.all([
    look(externalMeetingId, call.now()),
    readParticipant(externalMeetingId, call.caller.externalUserId),
  ]);
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  if (isFirst && isBehind(topology, participant)) return 'again';
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  if (participant?.bannedAt) throw new Refusal('BANNED');
  const [primary] = await Promise.all([
    checkPrimary(topology, call),
    noteEvidence(externalMeetingId, participant, call),
  ]);
  if (primary === 'moved-on') return 'again';
  const sitting = { topology, participant, session: sessionOf(request, call), call };
  await leaveStageUnlessPromoted(sitting);
  const seat = seatIn(topology, participant);
  if (seat) return backInPlace(sitting, seat);
  const mediaRegion = mediaRegionOf(topology, { asked: body.mediaRegion, call });
  if (nobodyToWatch(topology)) return beforeTheShow(topology, mediaRegion, call);
  return place(sitting, mediaRegion, tried);
}

/** The seat that the viewer holds; and the stage, where they left it a moment ago. */
async function backInPlace(sitting: Sitting, seat: Seat): Promise<Answer | 'again'> {
  const answer = await backInSeat(sitting, seat);
  const stage = answer === 'again' ? 'seated' : await returnToStage(sitting);
  return stage === 'seated' ? answer : stage;
}

/** Who was a presenter and now comes as a viewer has no business on stage. */
async function leaveStageUnlessPromoted({ topology, participant, call }: Sitting): Promise<void> {
  const place = placeIn(topology, participant);
  if (!place || place.promoted) return;
  await leavePlace(
    { topology, caller: call.caller, knownEpoch: epochIn(topology, participant) },
    place,
    call,
  );
}

/** What the container remembers may be older than what the participant's own record says, or than an end. */
function isBehind(topology: Topology, participant: Participant | undefined): boolean {
  return topology.status !== 'live' || isAhead(topology, participant);
}

/**
 * What the container remembers is good enough to take a seat by; not to open a replica by, nor to turn somebody away; and to
 * let somebody wait by only for a moment.
 */
async function place(sitting: Sitting, mediaRegion: MediaRegion, { isFirst, hasTried }: Try): Promise<Next> {
  const { topology, call } = sitting;
  const { placement, viewer } = await decidePlacement(topology, { mediaRegion, hasTried }, call);
  if (placement.kind !== 'seat' && isFirst && isOld(topology, placement, call)) return 'again';
  if (placement.kind === 'wait') return comeBack('opening', untilOpen(topology, placement, viewer));
  if (placement.kind === 'seat')
    return seatAndGrow(sitting, {
      ...placement,
      viewerMediaRegion: mediaRegion,
      decidedBy: recordOf(topology, viewer),
    });
  if (placement.kind === 'full') throw full();
  return open(topology, placement, call);
}

function full(): Refusal {
  measure('ReplicaCeilingReached');
  return new Refusal('MEETING_FULL');
}

function isOld(topology: Topology, { kind }: Placement, call: Call): boolean {
  return kind !== 'wait' || ageOf(topology, call.now()) > OLD_MS;
}

/** The longest that a viewer is told to wait, while every media region cools down (milliseconds). */
const MOST_WAIT_MS = 10_000;

/** How long to wait: for what is being opened; or until a media region has cooled down, spread so that not all come at once. */
function untilOpen(topology: Topology, { until }: { until?: number }, viewer: Decision['viewer']): number {
  if (until === undefined) return waitMs(topology, paceOf(topology), viewer);
  const leastMs = Math.min(MOST_WAIT_MS, Math.max(500, until - viewer.now));
  return Math.round(leastMs * (1 + viewer.draw / 2));
}

/**
 * A viewer who was only elected to open one, and got no permit at Chime or met trouble there, is seated or waits as any other; so is
 * a viewer in whose media region Chime failed, while a seat is free in another one.
 */
async function open(topology: Topology, where: OpenPlacement, call: Call): Promise<Next> {
  const next = await openReplica(topology, where, call);
  if (typeof next === 'string') return next === 'at-once' ? 'tried' : 'again';
  const hasFailed =
    'failed' in next && topology.replicas.some(({ state, soldOut }) => state === 'open' && !soldOut);
  return where.reason === 'many-wait' || hasFailed ? 'tried' : waiting(call, 'opening', next.retryAfterMs);
}

/** Sit down; and look whether another replica is due, before it is needed. */
async function seatAndGrow(sitting: Sitting, chosen: Chosen): Promise<Answer | 'again'> {
  const { answer, drew } = await sitDown(sitting, chosen);
  if (drew) await openAnother(sitting.topology, { ...drew, replica: chosen.replica }, sitting.call);
  return answer;
}
