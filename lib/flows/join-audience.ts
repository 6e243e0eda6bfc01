import type { Answer, Call } from '../call.ts';
import { type Participant, placeIn, seatIn } from '../domain/participant.ts';
import { placeViewer } from '../domain/placement.ts';
import { isClaimed, opensUnattended, primaryMeetingId, type Topology } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { settings } from '../settings.ts';
import { readParticipant } from '../store/participants.ts';
import { freshTopology, recentTopology } from '../store/topologies.ts';
import { waiting } from './answers.ts';
import { checkPrimary } from './check-primary.ts';
import type { JoinRequest } from './join-request.ts';
import { leavePlace } from './leave-place.ts';
import { openAnother } from './open-another.ts';
import { openReplica } from './open-replica.ts';
import { openUnattended } from './open-unattended.ts';
import { backInSeat, type Chosen, type Sitting, sitDown } from './sit-down.ts';
import { mediaRegionOf } from './viewer.ts';

const LOOKS_AT_MOST = 4;
type Asked = JoinRequest['body']['mediaRegion'];

/**
 * Give a viewer a seat: the one they hold, else the next ticket of the replica where placement sends them. No
 * call to Chime is made for anybody's seat. Where no seat exists yet, whoever comes first opens a replica, and
 * the others are told when to ask again.
 */
export async function joinAudience(request: JoinRequest, call: Call): Promise<Answer> {
  for (let look = 0; look < LOOKS_AT_MOST; look++) {
    const answer = await attempt(request, { call, fresh: look > 0 });
    if (answer !== 'again') return answer;
  }
  return waiting(call, 'opening');
}

async function attempt(
  { externalMeetingId, body }: JoinRequest,
  { call, fresh }: { call: Call; fresh: boolean },
): Promise<Answer | 'again'> {
  const look = fresh ? freshTopology : recentTopology;
  const [topology, participant] = await Promise.all([
    look(externalMeetingId, call.now()),
    readParticipant(externalMeetingId, call.caller.externalUserId),
  ]);
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  if (!fresh && isBehind(topology, participant)) return 'again';
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  if (participant?.bannedAt) throw new Refusal('BANNED');
  if ((await checkPrimary(topology, call)) === 'moved-on') return 'again';
  const sitting = { topology, participant, call };
  await leaveStageUnlessPromoted(sitting);
  const seat = seatIn(topology, participant);
  if (seat) return backInSeat(sitting, seat);
  if (nobodyToWatch(topology)) return beforeTheShow(topology, body.mediaRegion, call);
  return place(sitting, body.mediaRegion);
}

/** Who was a presenter and now comes as a viewer has no business on stage. */
async function leaveStageUnlessPromoted({ topology, participant, call }: Sitting): Promise<void> {
  const place = placeIn(topology, participant);
  if (!place || place.promoted) return;
  await leavePlace({ topology, caller: call.caller, knownEpoch: participant?.epoch }, place, call);
}

/** What the container remembers may be older than what the participant's own record says, or than an end. */
function isBehind(topology: Topology, participant: Participant | undefined): boolean {
  return topology.status !== 'live' || (participant?.epoch ?? 0) > topology.epoch;
}

function nobodyToWatch(topology: Topology): boolean {
  const { options, stage } = topology;
  return primaryMeetingId(topology) === undefined || (options.waitForPresenter && stage.size === 0);
}

/** Nobody is on stage. Viewers wait, unless the host said that they need not: then the first opens the primary. */
async function beforeTheShow(topology: Topology, asked: Asked, call: Call): Promise<Answer | 'again'> {
  if (primaryMeetingId(topology) || !opensUnattended(topology)) return waiting(call, 'no-presenter');
  if (isClaimed(topology.primary, call.now())) return waiting(call, 'opening');
  const next = await openUnattended(topology, mediaRegionOf(topology, { asked, call }), call);
  return typeof next === 'string' ? 'again' : waiting(call, 'opening', next.retryAfterMs);
}

async function place(sitting: Sitting, asked: Asked): Promise<Answer | 'again'> {
  const { topology, call } = sitting;
  const { controlRegion } = settings();
  const mediaRegion = mediaRegionOf(topology, { asked, call });
  const viewer = { mediaRegion, controlRegion, now: call.now(), draw: call.random() };
  const placement = placeViewer(topology, viewer);
  if (placement.kind === 'full') throw new Refusal('MEETING_FULL');
  if (placement.kind === 'wait') return waiting(call, 'opening');
  if (placement.kind === 'open') return open(topology, placement, call);
  return seatAndGrow(sitting, { ...placement, viewerMediaRegion: mediaRegion });
}

async function open(
  topology: Topology,
  where: Parameters<typeof openReplica>[1],
  call: Call,
): Promise<Answer | 'again'> {
  const next = await openReplica(topology, where, call);
  return typeof next === 'string' ? 'again' : waiting(call, 'opening', next.retryAfterMs);
}

/** Sit down; and if theirs was the ticket at the soft mark, open another replica before it is needed. */
async function seatAndGrow(sitting: Sitting, chosen: Chosen): Promise<Answer | 'again'> {
  const seated = await sitDown(sitting, chosen);
  if (seated.crossedSoftMark) await openAnother(sitting.topology, chosen.replica, sitting.call);
  return seated.answer;
}
