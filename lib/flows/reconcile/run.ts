import type { RequestContext } from '../../context.ts';
import { runs } from '../../domain/meeting/seats.ts';
import { type Due, dueNames, finishPass, RECONCILE_SHARDS, takePass } from '../../store/topology/due.ts';
import { reconcileMeeting } from './meeting.ts';

/** What a reconciler pass is given: time, chance, and when it must be done. It has no caller. */
export type Reconciling = Pick<RequestContext, 'now' | 'random' | 'pause' | 'requestId'> & {
  /** Milliseconds since the epoch: no name is begun after this. */
  until: number;
  /** Told of a name that could not be reconciled; it stays due. */
  failed: (externalMeetingId: string, error: unknown) => void;
};

/** How long one name may take before another reconciler pass may try it (milliseconds). */
const TURN_MS = 90_000;
const PAGE = 100;
const AT_ONCE = 4;

/**
 * Look at every name that is due, and make its records true again: finish or undo what a crash left, and put back on
 * sale what leavers left. It resumes where the last one stopped, for what was not done stays due; two at once do
 * each name once; one name's trouble stops no other's.
 */
export async function reconcile(reconciling: Reconciling): Promise<{ reconciled: number }> {
  let reconciled = 0;
  const first = Math.floor(reconciling.random() * RECONCILE_SHARDS);
  for (let k = 0; k < RECONCILE_SHARDS; k++)
    reconciled += await reconcileShard((first + k) % RECONCILE_SHARDS, reconciling);
  return { reconciled };
}

/** Page by page. A page of which no name was ours is the last: another reconciler pass is at them, or the index is behind. */
async function reconcileShard(shard: number, reconciling: Reconciling): Promise<number> {
  let reconciled = 0;
  for (;;) {
    const due = await dueNames(shard, reconciling.now(), PAGE);
    let ours = 0;
    for (const some of runs(due, AT_ONCE)) {
      if (reconciling.now() >= reconciling.until) return reconciled;
      const outcomes = await Promise.all(some.map((name) => reconcileName(name, reconciling)));
      ours += outcomes.filter((outcome) => outcome !== 'conflict').length;
      reconciled += outcomes.filter((outcome) => outcome === 'reconciled').length;
    }
    if (due.length < PAGE || ours === 0) return reconciled;
  }
}

async function reconcileName(
  due: Due,
  reconciling: Reconciling,
): Promise<'reconciled' | 'failed' | 'conflict'> {
  const until = reconciling.now() + TURN_MS;
  if ((await takePass(due, { owner: reconciling.requestId, until })) === 'conflict') return 'conflict';
  try {
    const next = await reconcileMeeting(due.externalMeetingId, callOf(reconciling));
    await finishPass({ ...due, reconcileAt: until }, next);
    return 'reconciled';
  } catch (error) {
    reconciling.failed(due.externalMeetingId, error);
    return 'failed';
  }
}

/** The reconciler acts in nobody's name. */
function callOf({ now, random, pause, requestId }: Reconciling): RequestContext {
  return {
    now,
    random,
    pause,
    requestId,
    location: {},
    caller: { externalUserId: 'reconcile', role: 'host' },
  };
}
