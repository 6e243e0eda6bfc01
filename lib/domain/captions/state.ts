import { CLOCK_SKEW_MS } from '../meeting/clocks.ts';
import type { LiveTopology, Topology } from '../meeting/topology.ts';
import type { CaptionsAsked, CaptionsSeen, CaptionsWish } from './wish.ts';

/** A wish for captions that are on. */
type WishOn = CaptionsWish & Required<Pick<CaptionsWish, 'settings'>>;

/** The captions of a name, as callers see them. */
export interface CaptionsState {
  state: 'off' | 'stopping' | 'starting' | 'on' | 'interrupted' | 'failed';
  languageCode?: string;
  /** For hosts and presenters. */
  detail?: string;
}

/**
 * Whether Chime is to be asked for captions in this primary:
 * 1. The wish was never sent to this primary, unless it is off: a primary begins without captions.
 * 2. A request that asked Chime did not finish.
 * 3. Chime answered an earlier wish only.
 * 4. Chime reported later that captions stopped although they are wanted, or run although they are not.
 * 5. The stream of Amazon Transcribe is so old that it is restarted.
 */
export function isAskDue(topology: LiveTopology, age: StreamAge): boolean {
  const { captions: wish, primary } = topology;
  if (!wish) return false;
  const { captionsAsked: asked } = primary;
  if (!asked) return wish.settings !== undefined;
  return isUnmet(wish, asked, primary.captionsSeen) || (!asked.refusal && isStreamOld(topology, age));
}

/** Whether Chime did not answer this wish yet, or reported the contrary later. */
const isUnmet = (wish: CaptionsWish, asked: CaptionsAsked, seen: CaptionsSeen | undefined): boolean =>
  asked.lease !== undefined || asked.version !== wish.version || contradicts(wish, asked, seen);

/** The age at which a stream of Amazon Transcribe is replaced by a new one (milliseconds); 0 means never. */
export interface StreamAge {
  now: number;
  restartMs: number;
}

/** Whether captions are wanted, and their stream has to be replaced before Amazon Transcribe ends it. */
export function isStreamOld(
  { captions: wish, primary }: LiveTopology,
  { now, restartMs }: StreamAge,
): boolean {
  const since = streamSince(primary);
  return wish?.settings !== undefined && restartMs > 0 && since !== undefined && now - since >= restartMs;
}

/** When the stream that runs now was started. Undefined if none was, or if Chime reported its end. */
export function streamSince({
  captionsAsked,
  captionsSeen: seen,
}: LiveTopology['primary']): number | undefined {
  const since = captionsAsked?.since;
  if (since === undefined || !seen) return since;
  const isEnd = seen.state === 'off' && seen.at > since + CLOCK_SKEW_MS; // the stop of a restart is reported at about the same time
  const isFailure = isNewFailure(captionsAsked, seen) && seen.at >= since - CLOCK_SKEW_MS;
  return isEnd || isFailure ? undefined : since;
}

/** Whether Chime reported a failure that was not known when it was asked. */
const isNewFailure = (asked: CaptionsAsked | undefined, seen: CaptionsSeen): boolean =>
  seen.state === 'failed' && seen.at > (asked?.seenAt ?? 0);

function contradicts(wish: CaptionsWish, asked: CaptionsAsked, seen: CaptionsSeen | undefined): boolean {
  if (!seen || seen.at <= asked.at + CLOCK_SKEW_MS || asked.refusal) return false;
  return wish.settings ? seen.state === 'off' : seen.state === 'on' || seen.state === 'interrupted';
}

/** The captions of a name. Undefined where no host asked for any in this life of the name. */
export function captionsOf(
  topology: Pick<Topology, 'captions' | 'primary' | 'status'>,
  isManager: boolean,
): CaptionsState | undefined {
  const { captions: wish, primary, status } = topology;
  if (!wish) return undefined;
  const { captionsAsked, captionsSeen } = primary ?? {};
  if (status === 'ended') return { state: 'off' };
  if (!wish.settings)
    return { state: captionsAsked && isUnmet(wish, captionsAsked, captionsSeen) ? 'stopping' : 'off' };
  const { detail, state } = stateOf({ ...wish, settings: wish.settings }, captionsAsked, captionsSeen);
  const { languageCode } = wish.settings;
  return { state, ...(languageCode && { languageCode }), ...(isManager && detail && { detail }) };
}

const REFUSALS: Record<NonNullable<CaptionsAsked['refusal']>, string> = {
  rejected: 'Chime rejects these settings: change them.',
  limit: 'Chime refuses more captions: a quota of the account is used up. The service tries again.',
};
const ROLE = 'AWSServiceRoleForAmazonChimeTranscription';
/** A failure that comes later after Chime was asked has another cause than a missing role (milliseconds). */
const STARTING_MS = 60_000;

function stateOf(
  wish: WishOn,
  asked: CaptionsAsked | undefined,
  seen: CaptionsSeen | undefined,
): CaptionsState {
  if (asked?.refusal) return { state: 'failed', detail: REFUSALS[asked.refusal] };
  const isCurrent = asked && !asked.lease && asked.version === wish.version;
  if (!isCurrent || !seen || seen.at < asked.at - CLOCK_SKEW_MS) return { state: 'starting' };
  const isOver = seen.state === 'failed' && !isNewFailure(asked, seen);
  if (seen.state === 'off' || isOver) return { state: 'starting' };
  const told = seen.message ? ` Chime says: ${seen.message.replace(/[.!?]?$/, '.')}` : '';
  if (seen.state === 'interrupted')
    return { state: 'interrupted', detail: `Amazon Transcribe was interrupted.${told}` };
  if (seen.state === 'on') return { state: 'on' };
  const cause = `A likely cause is that the AWS account lacks the service-linked role ${ROLE}. Once it exists, turn`;
  const advice = seen.at < asked.at + STARTING_MS ? cause : 'Turn';
  return { state: 'failed', detail: `Amazon Transcribe failed.${told} ${advice} captions on again.` };
}
