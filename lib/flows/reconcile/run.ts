import type { Call } from '../../call.ts';
import { runs } from '../../domain/meeting/seats.ts';
import { type Due, dueNames, finishSweep, SWEEP_SHARDS, takeSweep } from '../../store/topology/due.ts';
import { sweepTopology } from './meeting.ts';

/** What a sweep is given: time, chance, and when it must be done. It has no caller. */
export type Sweeping = Pick<Call, 'now' | 'random' | 'pause' | 'requestId'> & {
  /** Milliseconds since the epoch: no name is begun after this. */
  until: number;
  /** Told of a name that could not be swept; it stays due. */
  failed: (externalMeetingId: string, error: unknown) => void;
};

/** How long one name may take before another sweep may try it (milliseconds). */
const TURN_MS = 90_000;
const PAGE = 100;
const AT_ONCE = 4;

/**
 * Look at every name that is due, and make its records true again: finish or undo what a crash left, and put back on
 * sale what leavers left. It resumes where the last one stopped, for what was not done stays due; two at once do
 * each name once; one name's trouble stops no other's.
 */
export async function sweep(sweeping: Sweeping): Promise<{ swept: number }> {
  let swept = 0;
  const first = Math.floor(sweeping.random() * SWEEP_SHARDS);
  for (let k = 0; k < SWEEP_SHARDS; k++) swept += await sweepShard((first + k) % SWEEP_SHARDS, sweeping);
  return { swept };
}

/** Page by page. A page of which no name was ours is the last: another sweep is at them, or the index is behind. */
async function sweepShard(shard: number, sweeping: Sweeping): Promise<number> {
  let swept = 0;
  for (;;) {
    const due = await dueNames(shard, sweeping.now(), PAGE);
    let ours = 0;
    for (const some of runs(due, AT_ONCE)) {
      if (sweeping.now() >= sweeping.until) return swept;
      const outcomes = await Promise.all(some.map((name) => sweepName(name, sweeping)));
      ours += outcomes.filter((outcome) => outcome !== 'lost').length;
      swept += outcomes.filter((outcome) => outcome === 'swept').length;
    }
    if (due.length < PAGE || ours === 0) return swept;
  }
}

async function sweepName(due: Due, sweeping: Sweeping): Promise<'swept' | 'failed' | 'lost'> {
  const until = sweeping.now() + TURN_MS;
  if ((await takeSweep(due, { owner: sweeping.requestId, until })) === 'lost') return 'lost';
  try {
    const next = await sweepTopology(due.externalMeetingId, callOf(sweeping));
    await finishSweep({ ...due, sweepAt: until }, next);
    return 'swept';
  } catch (error) {
    sweeping.failed(due.externalMeetingId, error);
    return 'failed';
  }
}

/** The sweep acts in nobody's name. */
function callOf({ now, random, pause, requestId }: Sweeping): Call {
  return { now, random, pause, requestId, location: {}, caller: { externalUserId: 'sweep', role: 'host' } };
}
