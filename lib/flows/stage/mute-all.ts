import type { ChimeFailure } from '../../chime/failure.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { type Capabilities, capabilityFault, mutedCapabilities } from '../../domain/meeting/capabilities.ts';
import { isMuted, latestCapabilities, mutedFrom, sameCapabilities } from '../../domain/meeting/muting.ts';
import { placeIn } from '../../domain/meeting/participant.ts';
import { runs } from '../../domain/meeting/seats.ts';
import {
  isClaimed,
  isLive,
  type Lease,
  type LiveTopology,
  type Topology,
} from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_NOW, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { declined } from '../shared/chime-quota.ts';
import { lookUpTopology } from '../shared/context.ts';
import { leaseFor } from '../shared/lease.ts';
import { recordIntent, type Standing, settleIntent, standingOf } from './capabilities.ts';
import { askTogether, type Batch, eachOf, idOf } from './mute-together.ts';

type MuteRequest = RequestOf<(typeof operations)['muteAll']>;

/** One request works for this long, and then asks the client to retry (milliseconds). */
const WORK_MS = 6000;
/** This many single updates run at once. One would be too slow: each takes two writes beside the call to Chime. */
const ALONE_AT_ONCE = 5;

/** One `muteAll` request and its progress. */
interface Press {
  context: RequestContext;
  /** The instant at which this request stops its work (milliseconds since the Unix epoch). */
  until: number;
  /** Attendees for which this request has recorded an intent. */
  recorded: Set<string>;
  /** Attendees that this request could not mute, and why. They are not tried again. */
  failed: Map<string, ChimeFailure>;
  /**
   * The attendees that this request knew when it sent a batch. The batch also muted attendees who entered since.
   * Undefined before the first batch.
   */
  known?: Set<string>;
}

/**
 * Mute each person on stage except the caller, and change nothing else. The intent is recorded for each person.
 * People with the usual video and content are updated in one batch, the others one by one within the quota. 204
 * means that each of these intents, or a newer one, is applied at Chime. Muted people are skipped, so each retry
 * makes progress.
 */
export async function muteAll({ externalMeetingId }: MuteRequest, context: RequestContext): Promise<Answer> {
  const first = await lookUpTopology(externalMeetingId, context);
  const press: Press = { context, until: context.now() + WORK_MS, recorded: new Set(), failed: new Map() };
  const attempt = async (look: number): Promise<Attempt<'done'>> => {
    const topology = look === 0 ? first : await freshTopology(externalMeetingId, context.now());
    if (topology?.status === 'ended') throw new Refusal('MEETING_ENDED');
    if (!isLive(topology)) return answered('done');
    const round = await muteRound(topology, press);
    if (round.kind === 'retry' && context.now() >= press.until) throw declined('rate-limited');
    return round;
  };
  await retryUntilAnswered(context, BOUNDS.muteAll, attempt, () => {
    throw declined('rate-limited');
  });
  const failure = [...press.failed.values()].find((each) => each !== 'gone');
  if (failure) throw declined(failure);
  return { status: 204 };
}

/**
 * Mute the people who are on stage now. After a retry `now` the stage is read again, to see whether more people are
 * on it. A retry `shortly`: a person is entering, and a batch may have reached this person.
 */
async function muteRound(topology: LiveTopology, press: Press): Promise<Attempt<'done'>> {
  const { stage, isEntering } = await readStage(topology, press.context);
  const lease = leaseFor(press.context);
  const fresh = stage.filter((one) => needsIntent(topology, one, press));
  const marked = (await eachOf(fresh, (one) => mark(topology, { standing: one, lease }, press))).flat();
  const before = stage.filter((one) => !fresh.includes(one) && isUnsettled(one));
  const open = [...marked, ...before].filter((one) => !press.failed.has(idOf(one)));
  if (fresh.length + open.length === 0) return isEntering ? RETRY_SHORTLY : answered('done');
  const batch = batchOf(topology, { open, stage, lease });
  if (batch) await askBatch(topology, batch, press);
  await settleEach(
    open.filter((one) => !batch?.together.includes(one)),
    press,
  );
  return RETRY_NOW;
}

/** The people on stage, and whether a person is entering: their attendee may exist before a record names it. */
async function readStage(
  topology: Topology,
  context: RequestContext,
): Promise<{ stage: Standing[]; isEntering: boolean }> {
  const people = await readParticipants(topology.externalMeetingId, [...topology.stage]);
  const stage = people.flatMap((participant) => standingOf(topology, participant) ?? []);
  const isEntering = people.some((participant) => isClaimed(placeIn(topology, participant), context.now()));
  return { stage, isEntering };
}

const isCaller = ({ place }: Standing, { context }: Press) =>
  place.Attendee.ExternalUserId === context.caller.externalUserId;

/** Whether an intent to mute is not confirmed yet, of this request or of an earlier one. */
const isUnsettled = ({ place }: Standing) => place.wanted !== undefined && isMuted(place.wanted);

/**
 * Whether to record an intent: the person is not muted, or an unintended batch reached them. The caller keeps their
 * capabilities.
 */
function needsIntent(topology: Topology, standing: Standing, press: Press): boolean {
  if (press.recorded.has(idOf(standing))) return false;
  const latest = latestCapabilities(standing.place);
  const isExposed = press.known !== undefined && !press.known.has(idOf(standing));
  if (!isCaller(standing, press)) return isExposed || !isMuted(latest);
  return isExposed && latest !== undefined && !capabilityFault(latest, featuresOf(topology));
}

/** Record the intent for one person. Empty if the person left the stage meanwhile. */
async function mark(
  topology: Topology,
  { standing, lease }: { standing: Standing; lease: Lease },
  press: Press,
): Promise<Standing[]> {
  const features = featuresOf(topology);
  const keeps = (latest: Capabilities | undefined): latest is Capabilities =>
    latest !== undefined && (isMuted(latest) || isCaller(standing, press));
  const intentOf = (latest: Capabilities | undefined) =>
    keeps(latest) ? latest : mutedFrom(latest, features);
  const isUsual = sameCapabilities(intentOf(latestCapabilities(standing.place)), mutedCapabilities(features));
  const recorded = await recordIntent(standing, { intentOf, ...(isUsual && { lease }) }, press.context);
  press.recorded.add(idOf(standing));
  if (recorded === 'rate-limited') press.failed.set(idOf(standing), recorded);
  return typeof recorded === 'string' ? [] : [recorded];
}

/**
 * The people that one batch can mute: under the lease of this request, with the usual capabilities of a muted
 * person. Chime requires that a batch excludes at least one person. A batch for one person is not worth it.
 */
function batchOf(
  topology: Topology,
  { open, stage, lease }: { open: Standing[]; stage: Standing[]; lease: Lease },
): Batch | undefined {
  const capabilities = mutedCapabilities(featuresOf(topology));
  const fit = open.filter(
    ({ place }) => place.lease?.owner === lease.owner && sameCapabilities(place.wanted, capabilities),
  );
  const together = fit.length < stage.length ? fit : fit.slice(1);
  return together.length > 1 ? { together, capabilities, stage, lease } : undefined;
}

async function askBatch(topology: LiveTopology, asked: Batch, press: Press): Promise<void> {
  press.known = new Set([...(press.known ?? []), ...asked.stage.map(idOf)]);
  const answer = await askTogether(topology, asked, press.context);
  if (answer !== 'done') for (const one of asked.together) press.failed.set(idOf(one), answer);
}

/** Update each of these people separately, while there are permits and time. */
async function settleEach(alone: Standing[], press: Press): Promise<void> {
  for (const some of runs(alone, ALONE_AT_ONCE)) {
    if (press.context.now() >= press.until) return;
    await eachOf(some, async (standing) => {
      const settled = await settleIntent(standing, press.context, 'long');
      if (settled === 'busy') press.failed.set(idOf(standing), 'rate-limited');
      else if (typeof settled === 'string') press.failed.set(idOf(standing), settled);
      if (settled === 'rate-limited') press.until = 0;
    });
  }
}

const featuresOf = ({ options }: Topology) => options.meetingFeatures;
