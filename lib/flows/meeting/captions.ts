import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { type CaptionSettings, captionsFault, sameSettings } from '../../domain/captions/settings.ts';
import { captionsOf } from '../../domain/captions/state.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { setWish } from '../../store/topology/captions.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { declined } from '../shared/chime-quota.ts';
import { lookUpTopology } from '../shared/context.ts';
import { settleCaptions } from '../stage/captions.ts';
import { refuseContended } from './contended.ts';

type SetRequest = RequestOf<(typeof operations)['setCaptions']>;
type StopRequest = RequestOf<(typeof operations)['stopCaptions']>;

/**
 * Turn captions on, or change those that run. The wish is recorded first, then Chime is asked, if a primary is open. If Chime is
 * not asked in time, the response says `starting`, and the reconciler asks. Idempotent; after a failure a repetition tries again.
 */
export async function setCaptions(
  { externalMeetingId, body }: SetRequest,
  context: RequestContext,
): Promise<Answer> {
  const fault = captionsFault(body);
  if (fault) throw new Refusal('BAD_REQUEST', fault);
  const topology = await record(externalMeetingId, body, context);
  await settleCaptions(topology, context);
  const now = (await freshTopology(externalMeetingId, context.now())) ?? topology;
  return { status: 200, body: captionsOf(now, true) ?? { state: 'off' } };
}

/**
 * Turn captions off. 204 means that Chime was told so, or that nothing runs. After any other response the wish may be recorded:
 * then the state is `stopping`, until a repetition or the reconciler has told Chime. Idempotent.
 */
export async function stopCaptions(
  { externalMeetingId }: StopRequest,
  context: RequestContext,
): Promise<Answer> {
  const topology = await record(externalMeetingId, undefined, context);
  const settled = await settleCaptions(topology, context);
  if (settled === 'settled') return { status: 204 };
  throw declined(settled === 'busy' ? 'rate-limited' : settled);
}

/** Record the wish in the topology, and return that as it is then. A wish that is recorded already and did not fail is kept. */
async function record(
  externalMeetingId: string,
  settings: CaptionSettings | undefined,
  context: RequestContext,
): Promise<Topology> {
  const attempt = async (): Promise<Attempt<Topology>> => {
    const topology = await lookUpTopology(externalMeetingId, context);
    if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
    const { captions: before } = topology;
    const isSame = sameSettings(before?.settings, settings);
    if (isSame && captionsOf(topology, true)?.state !== 'failed') return answered(topology);
    const version = (before?.version ?? 0) + 1;
    const captions = { version, by: context.requestId, ...(settings && { settings }) };
    const done = await setWish(topology, captions);
    return done === 'conflict' ? RETRY_NOW : answered(done);
  };
  return retryUntilAnswered(context, BOUNDS.options, attempt, refuseContended);
}
