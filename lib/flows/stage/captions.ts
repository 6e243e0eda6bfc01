import { type ChimeFailure, isChimeFailure } from '../../chime/failure.ts';
import { startTranscription, stopTranscription } from '../../chime/transcription.ts';
import type { RequestContext } from '../../context.ts';
import { isAskDue } from '../../domain/captions/state.ts';
import { isLive, type Lease, type LiveTopology, type Topology } from '../../domain/meeting/topology.ts';
import { claimCaptions, recordAsked } from '../../store/topology/captions.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_NOW, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { chimeLimiter, type MaxWait } from '../shared/chime-quota.ts';
import { leaseFor, orWhenLeaseEnds, underLease } from '../shared/lease.ts';

/** `settled`: Chime has answered the latest wish, or there is nothing to ask. `busy`: another request is asking. */
export type Settled = 'settled' | 'busy' | ChimeFailure;

/**
 * Ask Chime for the captions that the hosts want, in the primary, if it was not asked yet. One request at a time asks, under a
 * lease that it records before the call. So a slow request cannot start captions after another has stopped them, and after a
 * crash the next request or the reconciler asks again. Both of Chime's calls may be repeated.
 */
export async function settleCaptions(
  topology: Topology,
  context: RequestContext,
  maxWait: MaxWait = 'brief',
): Promise<Settled> {
  const attempt = async (look: number): Promise<Attempt<Settled>> => {
    const now = look === 0 ? topology : await freshTopology(topology.externalMeetingId, context.now());
    if (!isLive(now) || !isAskDue(now)) return answered('settled');
    const lease = leaseFor(context);
    if ((await claimCaptions(now, lease, context.now())) === 'conflict') return RETRY_SHORTLY;
    const at = context.now();
    const work = () => ask(now, { lease, at, maxWait }, context);
    return underLease(lease, context, work).catch(orWhenLeaseEnds<Attempt<Settled>>(RETRY_NOW));
  };
  return retryUntilAnswered<Settled>(context, BOUNDS.captions, attempt, () => 'busy');
}

interface Turn {
  lease: Lease;
  at: number;
  maxWait: MaxWait;
}

async function ask(
  topology: LiveTopology,
  { lease, at, maxWait }: Turn,
  context: RequestContext,
): Promise<Attempt<Settled>> {
  const { version = 0, settings } = topology.captions ?? {};
  const limiter = chimeLimiter(context, maxWait);
  const { MeetingId } = topology.primary.Meeting;
  const answer = settings
    ? await startTranscription(limiter, MeetingId, settings)
    : await stopTranscription(limiter, MeetingId);
  const isRejected = answer === 'rejected';
  const isFinal = isRejected || answer === 'started' || answer === 'stopped';
  const before = topology.primary.captionsAsked?.version ?? 0;
  const refusal = answer === 'rejected' || answer === 'limit' ? answer : undefined;
  const asked = { version: isFinal ? version : before, at, ...(refusal && { refusal }) };
  if ((await recordAsked(topology, lease, asked)) === 'conflict') return RETRY_NOW;
  return answered(isFinal || !isChimeFailure(answer) ? 'settled' : answer);
}

/** Start the captions of a primary that was just opened, if hosts want any. The reconciler repeats it after a failure. */
export async function startCaptions(topology: Topology, context: RequestContext): Promise<void> {
  if (!topology.captions?.settings) return;
  const now = await freshTopology(topology.externalMeetingId, context.now());
  if (now) await settleCaptions(now, context, 'short');
}
