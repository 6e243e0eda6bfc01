import type { Call } from '../../lib/call.ts';
import type { Chance } from './chance.ts';
import { later, type Process } from './scheduler.ts';
import { say, type World } from './world.ts';

/** What a function of ours may use. */
export type Means = Pick<Call, 'now' | 'random' | 'pause' | 'requestId'>;

/** One invocation of a function: what it does, and for how long at most (milliseconds). */
export interface Work<T> {
  id: string;
  mostMs: number;
  run: (means: Means) => Promise<T>;
  /** Its first step is taken. */
  onStart?: () => void;
  /** It died, and nothing of it can happen any more. */
  onBurial?: () => void;
}

export type Result<T> = { kind: 'done'; value: T } | { kind: 'failed'; error: unknown } | { kind: 'died' };

/** Start a function when its turn comes. What it gave is told in the very step in which it gave it. */
export function launch<T>(
  world: World,
  { work, chance }: { work: Work<T>; chance: Chance },
  tell: (result: Result<T>) => void,
): void {
  const { agenda, plan } = world;
  const process: Process = {
    id: work.id,
    container: chance.below(plan.containers),
    until: agenda.now + work.mostMs,
    priority: chance.next(),
    state: 'running',
    onDeath: () => {
      say(world, `${work.id} dies`);
      tell({ kind: 'died' });
    },
    onBurial: work.onBurial ?? (() => {}),
  };
  const over = (result: Result<T>) => {
    if (process.state === 'dead') return;
    process.state = 'over';
    tell(result);
  };
  const happen = () => {
    work.onStart?.();
    const given = work.run(meansOf(world, work.id, chance));
    given.then(
      (value) => over({ kind: 'done', value }),
      (error: unknown) => over({ kind: 'failed', error }),
    );
  };
  agenda.pending.push({ process, due: agenda.now, happen });
}

function meansOf({ agenda }: World, requestId: string, chance: Chance): Means {
  return {
    requestId,
    now: () => agenda.now,
    random: chance.next,
    pause: (ms) => new Promise((resolve) => later(agenda, ms, resolve)),
  };
}
