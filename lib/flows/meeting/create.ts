import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { mediaRegionsOf } from '../../domain/geo/media-regions.ts';
import { featureFault } from '../../domain/meeting/capabilities.ts';
import type { Topology, TopologyOptions } from '../../domain/meeting/topology.ts';
import { Refusal } from '../../refusals.ts';
import { settings } from '../../settings.ts';
import { reopen } from '../../store/topology/epochs.ts';
import { changeOptions, createTopology, freshTopology } from '../../store/topology/topologies.ts';
import { audienceAfter } from '../epoch/last-audience.ts';
import { teardown } from '../epoch/teardown.ts';
import { admitUnread } from '../shared/admit-caller.ts';
import { type Attempt, answered, RETRY_NOW, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { refuseContended } from './contended.ts';
import { topologyView } from './topology-view.ts';

type CreateRequest = RequestOf<(typeof operations)['createMeeting']>;

/**
 * Create a name, change its options, or reopen it after its end. No Chime meeting is opened, because an idle one
 * dies in five minutes. Idempotent, except that the first response is 201.
 */
export async function createMeeting(
  { externalMeetingId, body }: CreateRequest,
  context: RequestContext,
): Promise<Answer> {
  const options: TopologyOptions = body;
  refuseImpossible(options);
  await admitUnread(externalMeetingId, context);
  await refuseUntimely(externalMeetingId, options, context);
  const incarnation = context.requestId;
  const made = await createTopology({ externalMeetingId, incarnation, options }, context.now());
  if (made === 'exists') await change(externalMeetingId, { options, incarnation }, context);
  const topology = (await freshTopology(externalMeetingId, context.now())) as Topology;
  return { status: made === 'created' ? 201 : 200, body: await topologyView(topology, context.caller) };
}

async function change(
  externalMeetingId: string,
  life: Pick<Topology, 'options' | 'incarnation'>,
  context: RequestContext,
): Promise<void> {
  const attempt = async (): Promise<Attempt<void>> => {
    if ((await changeOptions(externalMeetingId, life.options, context.now())) === 'changed')
      return answered(undefined);
    const ended = await freshTopology(externalMeetingId, context.now());
    if (ended?.status !== 'ended') return RETRY_NOW;
    await teardown(ended, context);
    const lastAudience = await audienceAfter(ended);
    const done = await reopen(ended, { ...life, lastAudience }, context.now());
    return done === 'reopened' ? answered(undefined) : RETRY_NOW;
  };
  return retryUntilAnswered(context, BOUNDS.options, attempt, refuseContended);
}

/** A start in the past by less than this counts as now: requests take time (milliseconds). */
const JUST_NOW_MS = 60_000;
const YEAR_MS = 366 * 86_400_000;

/**
 * Refuse a start in the past, or more than a year ahead. A repeated PUT may name the start that the meeting already has, also
 * after it has passed.
 */
async function refuseUntimely(
  externalMeetingId: string,
  { startsAt }: TopologyOptions,
  context: RequestContext,
): Promise<void> {
  if (startsAt === undefined) return;
  const inMs = Date.parse(startsAt) - context.now();
  if (inMs > YEAR_MS)
    throw new Refusal('BAD_REQUEST', { field: 'startsAt', detail: 'must be at most a year ahead' });
  if (inMs >= -JUST_NOW_MS) return;
  const before = await freshTopology(externalMeetingId, context.now());
  if (before?.options.startsAt !== startsAt)
    throw new Refusal('BAD_REQUEST', { field: 'startsAt', detail: 'must not be in the past' });
}

/** Refuse, by field, options that no topology could satisfy. */
function refuseImpossible({ mediaRegion, allowedMediaRegions, meetingFeatures }: TopologyOptions): void {
  const { controlRegion } = settings();
  const hostable = mediaRegionsOf(controlRegion);
  const allowed = allowedMediaRegions ?? hostable;
  const foreign = allowed.find((region) => !hostable.includes(region));
  if (foreign)
    throw new Refusal('BAD_REQUEST', {
      field: 'allowedMediaRegions',
      detail: `${foreign} cannot host meetings of control region ${controlRegion}`,
    });
  if (mediaRegion && !allowed.includes(mediaRegion))
    throw new Refusal('BAD_REQUEST', {
      field: 'mediaRegion',
      detail: `must be one of ${allowed.join(', ')}`,
    });
  const fault = featureFault(meetingFeatures ?? {});
  if (fault) throw new Refusal('BAD_REQUEST', fault);
}
