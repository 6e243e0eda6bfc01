import { allSettledOrThrow } from '../../all-settled.ts';
import type { Limiter } from '../../chime/ask.ts';
import type { RequestContext } from '../../context.ts';
import type { Drains } from '../../domain/placement/drains.ts';
import { settings } from '../../settings.ts';
import { readDeploymentDrains } from '../../store/deployment-drains.ts';
import { type Due, finishPass, takePass } from '../../store/topology/due.ts';
import { drainAsDeployment } from '../meeting/drain-by-operator.ts';
import { bulkLimiter } from './bulk-permits.ts';
import { checkLife, type Glimpse, lookLightly, type Means } from './light.ts';
import { reconcileMeeting } from './meeting.ts';
import { type Listing, screen } from './screen.ts';

/** The input of a reconciler pass: time, randomness, and its deadline. It has no caller. */
export type Reconciling = Pick<RequestContext, 'now' | 'random' | 'pause' | 'requestId'> & {
  /** Milliseconds since the Unix epoch: no name is begun after this, unless its work is light. */
  until: number;
  /** Called for a name that could not be reconciled; it stays due. */
  failed: (externalMeetingId: string, error: unknown) => void;
};

/** A pass. `standing`: what the operator drains in all meetings, read for the first name that is due. */
type Pass = Reconciling & { standing: () => Promise<Drains> };

/** How long one name may take before another reconciler pass may take it over (milliseconds). */
const PASS_MS = 90_000;
/** How many names are looked at at once, and how many are checked. So many calls of one operation wait for a permit before a join's. */
const AT_ONCE = 4;
/** Light work may begin so long after other work (milliseconds): a call to Chime and two requests to DynamoDB. */
const LIGHT_MS = 12_000;
/** How long a pass looks at names (seconds). */
const LOOKS_FOR_S = 50;
/** How long a lane waits before it asks for permits again (milliseconds). */
const NO_PERMIT_MS = 500;

/**
 * Look at every name in trouble, and then at every other name that is due: finish or undo what a crash left, and replace the seats
 * of viewers who left. At the same time, check primaries that nothing proved alive lately. Unfinished names stay due, so the next
 * pass resumes there. Of two concurrent passes, one reconciles each name. The failure of one name does not stop the others.
 */
export async function reconcile(reconciling: Reconciling): Promise<{ reconciled: number }> {
  let read: Promise<Drains> | undefined;
  const unread = () => ({}); // the next pass reads it; meanwhile the other steps of this one run
  const standing = () => {
    read ??= readDeploymentDrains().catch(unread);
    return read;
  };
  const pass = { ...reconciling, standing };
  const capacity = settings().chimeRatePerSecond * LOOKS_FOR_S;
  const { agenda, failure } = await screen({ now: pass.now(), standing, capacity });
  const means = meansOf(pass);
  const [reconciled, found] = await allSettledOrThrow([
    lookAtAll([...agenda.urgent.map(heavily), ...agenda.looks], means.looks, pass),
    checkAll(agenda.checks, means.checks, pass),
  ]);
  if (failure !== undefined) throw failure;
  return { reconciled: reconciled + found };
}

/** A name in trouble is not expected to need nothing. */
const heavily = ({ glimpse: _, ...listing }: Listing): Listing => listing;

/** Look at these names in their order, until the time of the pass is over. Returns how many were reconciled. */
async function lookAtAll(names: readonly Listing[], means: Means, pass: Pass): Promise<number> {
  let reconciled = 0;
  await eachInOrder(names, pass, async (listing) => {
    const { glimpse } = listing;
    const light = glimpse && mayBeLight(glimpse, pass) && (await lookLightly(glimpse, means));
    if (light === 'conflict') return;
    if (light === 'calm' || (await lookAt(listing, pass)) === 'reconciled') reconciled += 1;
  });
  return reconciled;
}

/** A light look takes the longer the more replicas there are, so it begins in the time for other work. */
const mayBeLight = ({ isPlain, replicas }: Glimpse, { now, until }: Pass) =>
  isPlain && (replicas.length === 0 || now() < until);

/** Check these primaries in their order. Returns how many names were reconciled, because Chime did not find theirs. */
async function checkAll(names: readonly Listing[], means: Means, pass: Pass): Promise<number> {
  let reconciled = 0;
  await eachInOrder(names, pass, async (listing) => {
    const found = await checkLife(listing.glimpse as Glimpse, means);
    if (found === 'gone' && (await lookAt(listing, pass)) === 'reconciled') reconciled += 1;
  });
  return reconciled;
}

/** Work on names in their order, a few at once, until the time for light work is over. */
async function eachInOrder(
  names: readonly Listing[],
  pass: Pass,
  work: (listing: Listing) => Promise<void>,
): Promise<void> {
  const left = [...names].reverse();
  const worker = async () => {
    for (let one = left.pop(); one && pass.now() < pass.until + LIGHT_MS; one = left.pop()) {
      const { externalMeetingId } = one;
      await work(one).catch((error: unknown) => pass.failed(externalMeetingId, error));
    }
  };
  await allSettledOrThrow(Array.from({ length: AT_ONCE }, worker));
}

/** The limiters of light work: looks go before checks. */
function meansOf(pass: Pass): { looks: Means; checks: Means } {
  const bulk = (operation: string, sparing: boolean) => bulkLimiter(operation, { sparing }, contextOf(pass));
  const lists = bulk('ListAttendees', false);
  const [replicas, primaries] = [bulk('GetMeeting', false), bulk('GetMeeting', true)];
  const patient =
    (limiter: Limiter): Limiter =>
    (operation) =>
      patiently(pass, () => limiter(operation));
  const looks = patient((operation) => (operation === 'GetMeeting' ? replicas : lists)(operation));
  return {
    looks: { limiter: looks, now: pass.now, by: pass.requestId },
    checks: { limiter: patient(primaries), now: pass.now, by: pass.requestId },
  };
}

/** Ask for a permit again, until the time for light work is over. */
async function patiently(pass: Pass, permit: () => ReturnType<Limiter>): ReturnType<Limiter> {
  for (;;) {
    const outcome = await permit();
    if (outcome !== 'rate-limited' || pass.now() + NO_PERMIT_MS >= pass.until + LIGHT_MS) return outcome;
    await pass.pause(NO_PERMIT_MS);
  }
}

/** Look at a name under a lease, unless there is not enough time for all that may have to be done. */
async function lookAt(due: Due, pass: Pass): Promise<'reconciled' | 'conflict' | 'no-time'> {
  if (pass.now() >= pass.until) return 'no-time';
  const begunAt = pass.now();
  const until = begunAt + PASS_MS;
  const taken = await takePass(due, { owner: pass.requestId, until });
  if (taken === 'conflict') return 'conflict';
  const topology = await drainAsDeployment(taken, await pass.standing(), pass.now);
  const plan = await reconcileMeeting(topology, contextOf(pass));
  const looked = plan === 'never' ? plan : { ...plan, lookedAt: begunAt };
  await finishPass({ ...due, reconcileAt: until }, looked);
  return 'reconciled';
}

/** The context of the reconciler, which has no caller of its own. */
function contextOf({ now, random, pause, requestId }: Reconciling): RequestContext {
  return {
    now,
    random,
    pause,
    requestId,
    location: {},
    caller: { externalUserId: 'reconcile', role: 'host' },
  };
}
