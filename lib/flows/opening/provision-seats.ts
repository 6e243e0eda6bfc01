import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { primaryMeetingId, type Topology } from '../../domain/meeting/topology.ts';
import { allowedMediaRegions } from '../../domain/placement/decision.ts';
import type { Forecast } from '../../domain/placement/provision-plan.ts';
import { Refusal } from '../../refusals.ts';
import { settings } from '../../settings.ts';
import { setForecast } from '../../store/topology/forecasts.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { type Attempt, answered, RETRY_SHORTLY, retryUntilAnswered } from '../shared/attempt.ts';
import { BOUNDS } from '../shared/bounds.ts';
import { lookUpTopology } from '../shared/context.ts';
import { missingOf, openPlanned, planOf } from './forecast.ts';
import { seatsEach } from './pace.ts';

type ProvisionRequest = RequestOf<(typeof operations)['provisionSeats']>;

/** One request works on the plan for this long, and then reports its progress (milliseconds). */
const WORK_MS = 6000;

/**
 * Open seats ahead of the audience: record the forecast, and open replicas for it as fast as the quota allows. The
 * response reports the progress. A retry continues, and so does the reconciler. A later request may ask for more;
 * open replicas stay.
 */
export async function provisionSeats(request: ProvisionRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = request;
  const topology = await noteForecast(externalMeetingId, request.body.seats, context);
  await openPlanned(externalMeetingId, { until: context.now() + WORK_MS }, context);
  return progress((await freshTopology(externalMeetingId, context.now())) ?? topology, context);
}

/** Record the forecast in the current topology, and return that. After a conflict the topology is read again. */
async function noteForecast(
  externalMeetingId: string,
  forecast: Forecast,
  context: RequestContext,
): Promise<Topology> {
  const attempt = async (): Promise<Attempt<Topology>> => {
    const topology = await lookUpTopology(externalMeetingId, context);
    if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
    refuseForeign(topology, forecast);
    return (await setForecast(topology, forecast)) === 'set' ? answered(topology) : RETRY_SHORTLY;
  };
  return retryUntilAnswered(context, BOUNDS.forecast, attempt, () => {
    throw new Refusal('TOO_MANY_REQUESTS');
  });
}

/** Refuse, by field, seats in media regions that are not allowed. */
function refuseForeign(topology: Topology, forecast: Forecast): void {
  const allowed = allowedMediaRegions(topology, settings().controlRegion);
  for (const mediaRegion of Object.keys(forecast) as (keyof Forecast)[])
    if (!allowed.includes(mediaRegion))
      throw new Refusal('BAD_REQUEST', {
        field: `seats.${mediaRegion}`,
        detail: `is not one of ${allowed.join(', ')}`,
      });
}

function progress(topology: Topology, context: RequestContext): Answer {
  const plan = planOf(topology, context.now()).map((region) => ({
    ...region,
    ...standing(topology, region.mediaRegion),
  }));
  const planned = plan.reduce((sum, { replicas }) => sum + replicas * seatsEach(topology), 0);
  const asked = plan.reduce((sum, region) => sum + region.asked, 0);
  const minted = plan.reduce((sum, region) => sum + region.minted, 0);
  const status = statusOf(topology, context);
  const retryAfterMs = status === 'opening' ? 1000 : undefined;
  const body = {
    status,
    detail: WORDS[status],
    plan,
    asked,
    planned,
    minted,
    ...(retryAfterMs && { retryAfterMs }),
  };
  return { status: 202, body, ...(retryAfterMs && { retryAfterMs }) };
}

/** The explanation of each status for the host. */
const WORDS = {
  'waiting-for-primary':
    'Seats are opened once a person is on stage: replicas need a live primary, and Chime ends an empty one after five minutes.',
  opening: 'Seats are being opened. Repeat this request to continue, or wait for the reconciler.',
  ready: 'Every planned seat is open. The seats live as long as the primary: keep a person on stage.',
} as const;

function statusOf(topology: Topology, context: RequestContext): keyof typeof WORDS {
  if (!primaryMeetingId(topology)) return 'waiting-for-primary';
  const plan = planOf(topology, context.now());
  const isComplete = plan.every(
    ({ mediaRegion, replicas }) => standing(topology, mediaRegion).open >= replicas,
  );
  return isComplete && missingOf(topology, context.now()).length === 0 ? 'ready' : 'opening';
}

function standing({ replicas }: Topology, mediaRegion: string): { open: number; minted: number } {
  const open = replicas.filter((replica) => replica.state === 'open' && replica.mediaRegion === mediaRegion);
  return { open: open.length, minted: open.reduce((sum, { capacity }) => sum + capacity, 0) };
}
