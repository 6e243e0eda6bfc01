import { updateCapabilities } from '../../chime/capabilities.ts';
import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import type { Capabilities } from '../../domain/meeting/capabilities.ts';
import { latestCapabilities } from '../../domain/meeting/muting.ts';
import {
  heldAttendee,
  isLeased,
  type Participant,
  type StagePlace,
} from '../../domain/meeting/participant.ts';
import { type ChimeAttendee, isLive, type Lease, type Topology } from '../../domain/meeting/topology.ts';
import { type LiveSubject, readParticipant } from '../../store/participant/participants.ts';
import { swapPlace } from '../../store/participant/place-swaps.ts';
import { type Attempt, answered, RETRY_NOW, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { chimeLimiter, type MaxWait } from '../shared/chime-quota.ts';
import { leaseFor, underLease } from '../shared/lease.ts';

/*
 * The capabilities of a person on stage are changed in this order. So Chime and the record converge, even if requests are
 * concurrent or responses are lost:
 *
 * 1. The request records the intent in the person's place, with the next version: one conditional write.
 * 2. One request at a time, the holder of the place's lease, asks Chime for the latest intent.
 * 3. The holder records the result under the same version. A newer intent makes this write conflict, and the holder
 *    asks again.
 *
 * A request that finds an unconfirmed intent with an expired lease continues at step 2.
 */

/** A person with an attendee in the primary, as the record was read. */
export interface Standing {
  subject: LiveSubject;
  place: StagePlace & { Attendee: ChimeAttendee };
}

/** The person's standing on stage; undefined without an attendee in the primary. */
export function standingOf(topology: Topology, participant: Participant | undefined): Standing | undefined {
  const Attendee = heldAttendee(topology, participant);
  if (!isLive(topology) || !Attendee || !participant?.place) return undefined;
  const subject = { topology, caller: participant, knownEpoch: participant.epoch };
  return { subject, place: { ...participant.place, Attendee } };
}

/**
 * Record the intended capabilities of a person, computed from the latest ones. With `lease` the same write takes the
 * right to ask Chime, unless another request has it.
 */
export async function recordIntent(
  standing: Standing,
  { intentOf, lease }: { intentOf: (latest: Capabilities | undefined) => Capabilities; lease?: Lease },
  context: RequestContext,
): Promise<Standing | 'gone' | 'rate-limited'> {
  const attempt = async (look: number): Promise<Attempt<Standing | 'gone'>> => {
    const found = await standingAt(look, standing);
    if (!found) return answered('gone');
    const { subject, place } = found;
    const takesLease = lease && !isLeased(place, context.now());
    const wanted = intentOf(latestCapabilities(place));
    const version = (place.version ?? 0) + 1;
    const to = { ...place, version, wanted, ...(takesLease && { lease }) };
    const done = await swapPlace(subject, { from: place, to });
    return done === 'done' ? answered({ subject, place: to }) : RETRY_NOW;
  };
  return retryUntilAnswered<Standing | 'gone' | 'rate-limited'>(
    context,
    BOUNDS.place,
    attempt,
    () => 'rate-limited',
  );
}

/**
 * Ask Chime for the latest intent until it is confirmed, by this request or by the one with the lease. Returns the
 * place afterwards. `rejected`: Chime rejects these capabilities, and the intent is withdrawn. `busy`: another
 * request holds the lease. Any other failure leaves the intent recorded.
 */
export async function settleIntent(
  standing: Standing,
  context: RequestContext,
  maxWait: MaxWait = 'brief',
): Promise<StagePlace | ChimeFailure | 'busy'> {
  const attempt = async (look: number): Promise<Attempt<StagePlace | ChimeFailure | 'busy'>> => {
    const found = await standingAt(look, standing);
    if (!found) return answered('gone');
    const { wanted } = found.place;
    if (!wanted) return answered(found.place);
    const ours = await leasedBy(context, found);
    if (!ours) return RETRY_SHORTLY;
    return underLease(ours.place.lease, context, () => ask(ours, { wanted, maxWait }, context));
  };
  return retryUntilAnswered(context, BOUNDS.capabilities, attempt, () => 'busy');
}

/** The attendee of a person, after an unconfirmed intent is confirmed, if Chime allows it. */
export async function settledAttendee(
  topology: Topology,
  participant: Participant | undefined,
  context: RequestContext,
): Promise<ChimeAttendee | undefined> {
  const standing = standingOf(topology, participant);
  const settled = standing?.place.wanted ? await settleIntent(standing, context, 'short') : undefined;
  return typeof settled === 'object' ? settled.Attendee : standing?.place.Attendee;
}

type Leased = Standing & { place: { lease: Lease } };

/** The same standing under a lease of this request; undefined if another request has the lease, or was faster. */
async function leasedBy(context: RequestContext, { subject, place }: Standing): Promise<Leased | undefined> {
  const { lease } = place;
  if (isLeased(place, context.now())) {
    return lease?.owner === context.requestId ? { subject, place: { ...place, lease } } : undefined;
  }
  const to = { ...place, lease: leaseFor(context) };
  return (await swapPlace(subject, { from: place, to })) === 'done' ? { subject, place: to } : undefined;
}

async function ask(
  ours: Leased,
  { wanted: capabilities, maxWait }: { wanted: Capabilities; maxWait: MaxWait },
  context: RequestContext,
): Promise<Attempt<StagePlace | ChimeFailure>> {
  const { AttendeeId } = ours.place.Attendee;
  const { MeetingId } = ours.subject.topology.primary.Meeting;
  const answer = await updateCapabilities(chimeLimiter(context, maxWait), MeetingId, {
    AttendeeId,
    capabilities,
  });
  if (isChimeFailure(answer)) {
    await releaseLease(ours, answer, context);
    return answered(answer);
  }
  const confirmed = await confirmIntent(ours);
  return confirmed === 'conflict' ? RETRY_NOW : answered(confirmed);
}

/**
 * Record that Chime applied the intent. `conflict`: a newer intent was recorded meanwhile, or the person left the
 * stage.
 */
export async function confirmIntent({ subject, place }: Standing): Promise<StagePlace | 'conflict'> {
  const { wanted, lease: _, ...rest } = place;
  const to: StagePlace = wanted ? { ...rest, Attendee: { ...place.Attendee, Capabilities: wanted } } : rest;
  return (await swapPlace(subject, { from: place, to })) === 'done' ? to : 'conflict';
}

/** Release the lease, and withdraw an intent that Chime rejects. A newer intent stays. */
export async function releaseLease(
  { subject, place }: Leased | Standing,
  failure: ChimeFailure,
  context: RequestContext,
): Promise<void> {
  const attempt = async (look: number): Promise<Attempt<void>> => {
    const found = await standingAt(look, { subject, place });
    if (!found || found.place.lease?.owner !== place.lease?.owner) return answered(undefined);
    const { lease: _, wanted, ...rest } = found.place;
    const isWithdrawn = failure === 'rejected' && found.place.version === place.version;
    const to = isWithdrawn || !wanted ? rest : { ...rest, wanted };
    const done = await swapPlace(subject, { from: found.place, to });
    return done === 'done' ? answered(undefined) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.place, attempt, () => undefined);
}

/** The standing for one attempt: as it was read for the first, read again for later ones. */
async function standingAt(look: number, standing: Standing): Promise<Standing | undefined> {
  const { topology, caller } = standing.subject;
  if (look === 0) return standing;
  return standingOf(topology, await readParticipant(topology.externalMeetingId, caller.externalUserId));
}
