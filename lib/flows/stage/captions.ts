import type { Limiter } from '../../chime/ask.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import { startTranscription, stopTranscription } from '../../chime/transcription.ts';
import type { RequestContext } from '../../context.ts';
import { isAskDue, isStreamOld, type StreamAge, streamSince } from '../../domain/captions/state.ts';
import type { CaptionsAsked, CaptionsWish } from '../../domain/captions/wish.ts';
import { isLive, type Lease, type LiveTopology, type Topology } from '../../domain/meeting/topology.ts';
import { measure } from '../../metrics.ts';
import { settings } from '../../settings.ts';
import { claimCaptions, recordAsked } from '../../store/topology/captions.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_NOW, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { chimeLimiter, type MaxWait } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';

/** `settled`: Chime has answered the latest wish, or there is nothing to ask. `busy`: another request is asking. */
export type Settled = 'settled' | 'busy' | ChimeFailure;

/**
 * Ask Chime for the captions that the hosts want, in the primary, if it was not asked yet, or if their stream has to be
 * restarted. One request at a time asks, under a lease that it records before the call. So a slow request cannot start captions
 * after another has stopped them, and after a crash the next request or the reconciler asks again. Both of Chime's calls may be
 * repeated.
 */
export async function settleCaptions(
  topology: Topology,
  context: RequestContext,
  maxWait: MaxWait = 'brief',
): Promise<Settled> {
  const attempt = async (look: number): Promise<Attempt<Settled>> => {
    const known = look === 0 ? topology : await freshTopology(topology.externalMeetingId, context.now());
    const age = { now: context.now(), restartMs: settings().captionsRestartMs };
    if (!isLive(known) || !isAskDue(known, age)) return answered('settled');
    const lease = leaseFor(context);
    if ((await claimCaptions(known, lease, age.now)) === 'conflict') return RETRY_SHORTLY;
    const work = () => ask(known, { lease, age, maxWait }, context);
    return underLease(lease, context, work).catch(orWhenLeaseEnds<Attempt<Settled>>(RETRY_NOW));
  };
  return retryUntilAnswered<Settled>(context, BOUNDS.captions, attempt, () => 'busy');
}

interface Turn {
  lease: Lease;
  age: StreamAge;
  maxWait: MaxWait;
}

async function ask(
  topology: LiveTopology,
  { lease, age, maxWait }: Turn,
  context: RequestContext,
): Promise<Attempt<Settled>> {
  const isRestart = isStreamOld(topology, age);
  const answer = await callChime(topology, isRestart, chimeLimiter(context, maxWait));
  const asked = recordOf(topology, { answer, isRestart, at: age.now });
  if (asked.refusal) measure('CaptionsFailed');
  if ((await recordAsked(topology, lease, asked)) === 'conflict') return RETRY_NOW;
  return answered(isFinal(answer) ? 'settled' : answer);
}

/**
 * Start, change or stop. A start of running captions may keep their stream, which is not documented. So a restart stops them
 * first: captions pause for about a second.
 */
async function callChime(
  { captions: { settings: wanted } = {} as CaptionsWish, primary }: LiveTopology,
  isRestart: boolean,
  limiter: Limiter,
): Promise<Told> {
  const { MeetingId } = primary.Meeting;
  if (!wanted) return stopTranscription(limiter, MeetingId);
  const stopped = isRestart ? await stopTranscription(limiter, MeetingId) : 'stopped';
  return stopped === 'stopped' ? startTranscription(limiter, MeetingId, wanted) : stopped;
}

type Told = 'started' | 'stopped' | ChimeFailure;

/** Whether Chime would answer the same again. */
const isFinal = (told: Told): told is 'started' | 'stopped' | 'rejected' =>
  told === 'started' || told === 'stopped' || told === 'rejected';

/**
 * What is recorded of an answer. Where Chime would not answer the same again, no wish counts as answered, so that the next request
 * asks: also where the wish was answered before, and Chime then reported that captions stopped, or where a restart failed half-way.
 */
function recordOf(
  { captions, primary }: LiveTopology,
  { answer, isRestart, at }: { answer: Told; isRestart: boolean; at: number },
): Omit<CaptionsAsked, 'by' | 'lease'> {
  const { captionsSeen: seen } = primary;
  const runs = streamSince(primary);
  const since = answer === 'started' && (isRestart || runs === undefined) ? at : runs;
  return {
    version: isFinal(answer) ? (captions?.version ?? 0) : 0,
    at,
    ...(answer !== 'stopped' && since !== undefined && { since }),
    ...(seen && { seenAt: seen.at }),
    ...((answer === 'rejected' || answer === 'limit') && { refusal: answer }),
  };
}

/** Start the captions of a primary that was just opened, if hosts want any. The reconciler repeats it after a failure. */
export async function startCaptions(topology: Topology, context: RequestContext): Promise<void> {
  if (!topology.captions?.settings) return;
  const now = await freshTopology(topology.externalMeetingId, context.now());
  if (now) await settleCaptions(now, context, 'short');
}
