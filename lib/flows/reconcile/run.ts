import { allSettledOrThrow } from '../../all-settled.ts';
import type { RequestContext } from '../../context.ts';
import { runs } from '../../domain/meeting/seats.ts';
import type { Drains } from '../../domain/placement/drains.ts';
import { readDeploymentDrains } from '../../store/deployment-drains.ts';
import { type Due, dueNames, finishPass, RECONCILE_SHARDS, takePass } from '../../store/topology/due.ts';
import { drainAsDeployment } from '../meeting/drain-by-operator.ts';
import { reconcileMeeting } from './meeting.ts';

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
const PAGE = 100;
const AT_ONCE = 4;

/**
 * Reconcile every name that is due: finish or undo what a crash left, and sell the seats of viewers who left.
 * Unfinished names stay due, so the next pass resumes there. Of two concurrent passes, one reconciles each name. The
 * failure of one name does not stop the others.
 */
export async function reconcile(reconciling: Reconciling): Promise<{ reconciled: number }> {
  let reconciled = 0;
  let read: Promise<Drains> | undefined;
  const unread = () => ({}); // the next pass reads it; meanwhile the other steps of this one run
  const standing = () => {
    read ??= readDeploymentDrains().catch(unread);
    return read;
  };
  const pass = { ...reconciling, standing };
  const first = Math.floor(reconciling.random() * RECONCILE_SHARDS);
  for (let k = 0; k < RECONCILE_SHARDS; k++)
    reconciled += await reconcileShard((first + k) % RECONCILE_SHARDS, pass);
  return { reconciled };
}

/**
 * Reconcile a shard, page by page. It ends after a page of which this pass won no name: another pass is working on
 * these names, or the index is behind.
 */
async function reconcileShard(shard: number, reconciling: Pass): Promise<number> {
  let reconciled = 0;
  for (;;) {
    const due = await dueNames(shard, reconciling.now(), PAGE);
    let ours = 0;
    for (const some of runs(due, AT_ONCE)) {
      if (reconciling.now() >= reconciling.until) return reconciled;
      const outcomes = await allSettledOrThrow(some.map((name) => reconcileName(name, reconciling)));
      ours += outcomes.filter((outcome) => outcome !== 'conflict').length;
      reconciled += outcomes.filter((outcome) => outcome === 'reconciled').length;
    }
    if (due.length < PAGE || ours === 0) return reconciled;
  }
}

async function reconcileName(due: Due, reconciling: Pass): Promise<'reconciled' | 'failed' | 'conflict'> {
  const until = reconciling.now() + PASS_MS;
  if ((await takePass(due, { owner: reconciling.requestId, until })) === 'conflict') return 'conflict';
  try {
    await drainAsDeployment(due.externalMeetingId, await reconciling.standing(), reconciling.now);
    const next = await reconcileMeeting(due.externalMeetingId, contextOf(reconciling));
    await finishPass({ ...due, reconcileAt: until }, next);
    return 'reconciled';
  } catch (error) {
    reconciling.failed(due.externalMeetingId, error);
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
