import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import type { Drains } from '../../domain/placement/drains.ts';
import { readDeploymentDrains } from '../../store/deployment-drains.ts';
import { type Due, finishPass, takePass } from '../../store/topology/due.ts';
import { drainAsDeployment } from '../meeting/drain-by-operator.ts';
import { reconcileMeeting } from './meeting.ts';
import { screen } from './screen.ts';

/** The input of a reconciler pass: time, randomness, and its deadline. It has no caller. */
export type Reconciling = Pick<RequestContext, 'now' | 'random' | 'pause' | 'requestId'> & {
  /** Milliseconds since the Unix epoch: no name is begun after this. */
  until: number;
  /** Called for a name that could not be reconciled; it stays due. */
  failed: (externalMeetingId: string, error: unknown) => void;
};

/** A pass. `standing`: what the operator drains in all meetings, read for the first name that is due. */
type Pass = Reconciling & { standing: () => Promise<Drains> };

/** How long one name may take before another reconciler pass may take it over (milliseconds). */
const PASS_MS = 90_000;
/** How many names are looked at at once, and so how many calls of one operation wait for a permit before a join's. */
const AT_ONCE = 4;

/**
 * Reconcile every name in trouble, and then every other name that is due: finish or undo what a crash left, and replace the seats
 * of viewers who left. Unfinished names stay due, so the next pass resumes there. Of two concurrent passes, one reconciles each
 * name. The failure of one name does not stop the others.
 */
export async function reconcile(reconciling: Reconciling): Promise<{ reconciled: number }> {
  let read: Promise<Drains> | undefined;
  const unread = () => ({}); // the next pass reads it; meanwhile the other steps of this one run
  const standing = () => {
    read ??= readDeploymentDrains().catch(unread);
    return read;
  };
  const { names, failure } = await screen({ now: reconciling.now, standing });
  const reconciled = await lookAtAll(names, { ...reconciling, standing });
  if (failure !== undefined) throw failure;
  return { reconciled };
}

/** Look at these names in their order, until the time of the pass is over. Returns how many were reconciled. */
async function lookAtAll(names: readonly Due[], pass: Pass): Promise<number> {
  const left = [...names].reverse();
  let reconciled = 0;
  const work = async () => {
    for (let due = left.pop(); due && pass.now() < pass.until; due = left.pop())
      if ((await reconcileName(due, pass)) === 'reconciled') reconciled += 1;
  };
  await allSettledOrThrow(Array.from({ length: AT_ONCE }, work));
  return reconciled;
}

async function reconcileName(due: Due, pass: Pass): Promise<'reconciled' | 'failed' | 'conflict'> {
  const until = pass.now() + PASS_MS;
  try {
    const taken = await takePass(due, { owner: pass.requestId, until });
    if (taken === 'conflict') return 'conflict';
    const topology = await drainAsDeployment(taken, await pass.standing(), pass.now);
    const plan = await reconcileMeeting(topology, contextOf(pass));
    await finishPass({ ...due, reconcileAt: until }, plan, pass.now());
    return 'reconciled';
  } catch (error) {
    pass.failed(due.externalMeetingId, error);
    return 'failed';
  }
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
