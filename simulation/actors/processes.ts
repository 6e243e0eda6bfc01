import { setMaxListeners } from 'node:events';
import type { RequestContext } from '../../lib/context.ts';
import { withinDeadline } from '../../lib/deadline.ts';
import type { Chance } from '../chance.ts';
import { kill, later, type Process } from '../scheduler.ts';
import { say, type World } from '../world.ts';
import { freeze } from './freezing.ts';

/** The dependencies of a function. */
export type Means = Pick<RequestContext, 'now' | 'random' | 'pause' | 'requestId'>;

/** One invocation of a function: what it does, and its timeout (milliseconds). */
export interface Work<T> {
  id: string;
  mostMs: number;
  run: (means: Means) => Promise<T>;
  /** An API function that runs out of time answers, and its container is frozen. Any other function is ended. */
  answersInTime?: boolean;
  /** Called when it takes its first step. */
  onStart?: () => void;
  /** Called once the function is dead and none of its requests can still arrive. */
  onBurial?: () => void;
}

export type Result<T> =
  | { kind: 'done'; value: T }
  | { kind: 'failed'; error: unknown }
  | { kind: 'out-of-time' }
  | { kind: 'died' };

/**
 * Starts a function when the scheduler picks it. The function's result is reported in the step in which the function
 * returns.
 */
export function launch<T>(
  world: World,
  { work, chance }: { work: Work<T>; chance: Chance },
  tell: (result: Result<T>) => void,
): void {
  const { agenda, plan } = world;
  const process: Process = {
    id: work.id,
    container: chance.below(plan.containers),
    answersInTime: work.answersInTime ?? false,
    until: Number.POSITIVE_INFINITY,
    priority: chance.next(),
    state: 'running',
    frozen: false,
    onTimeUp: () => (work.answersInTime ? outOfTime() : kill(agenda, process, () => false)),
    onDeath: () => {
      say(world, `${work.id} dies`);
      over({ kind: 'died' });
    },
    onBurial: () => (hasAnswered ? undefined : work.onBurial?.()),
  };
  let hasAnswered = false;
  const over = (result: Result<T>) => {
    if (!hasAnswered) tell(result);
    hasAnswered ||= result.kind !== 'died';
  };
  const answering = new AbortController();
  setMaxListeners(0, answering.signal);
  const outOfTime = () => {
    say(world, `${work.id} is out of time, and frozen`);
    if (process.state === 'running') process.state = 'answered';
    over({ kind: 'out-of-time' });
    freeze(agenda, process, world.chance.freezing, plan.kinds.has('freeze'));
    const happen = () => answering.abort();
    if (process.state === 'answered') agenda.pending.push({ process, due: agenda.now, isSent: true, happen });
  };
  const settled = (result: Result<T>) => {
    if (process.state === 'dead') return;
    process.state = 'over';
    over(result);
  };
  const happen = () => {
    process.until = agenda.now + work.mostMs;
    work.onStart?.();
    const means = meansOf(world, process, chance);
    const until = means.now() + work.mostMs;
    withinDeadline({ until, now: means.now, signal: answering.signal }, () => work.run(means)).then(
      (value) => settled({ kind: 'done', value }),
      (error: unknown) => settled({ kind: 'failed', error }),
    );
  };
  agenda.pending.push({ process, due: agenda.now, happen });
}

/** Each container has a clock of its own. */
function meansOf({ agenda, plan }: World, { id, container }: Process, chance: Chance): Means {
  const skewMs = plan.skewMs[container] ?? 0;
  return {
    requestId: id,
    now: () => agenda.now + skewMs,
    random: chance.next,
    pause: (ms) => new Promise((resolve) => later(agenda, ms, resolve)),
  };
}
