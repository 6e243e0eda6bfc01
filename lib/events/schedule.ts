import { untilAnswered } from '../deadline.ts';
import { type Deps, deadlineOf, world } from '../http.ts';
import { isWanted, type Line, logLine } from '../log.ts';
import { measure, writeMetrics } from '../metrics.ts';

/** What a pass over everything is given, and what it says it did. */
export interface Pass {
  now: () => number;
  random: () => number;
  pause: (ms: number) => Promise<void>;
  requestId: string;
  /** Milliseconds since the epoch: nothing new is begun after this. */
  until: number;
  /** Told of a name that something went wrong with. */
  failed: (externalMeetingId: string, error: unknown) => void;
}

/** What we read of Lambda's context. */
export interface PassContext {
  awsRequestId: string;
  getRemainingTimeInMillis: () => number;
}

/** What was begun last may still take this long (milliseconds). */
const LAST_MS = 20_000;

/**
 * A handler for a schedule: it lets a flow work until the time that is left is what the last piece of it may need,
 * and writes one line about the whole of it and one about each name that failed. A pass that fails as a whole is
 * an error of the function.
 */
export function onSchedule(flow: (pass: Pass) => Promise<{ reconciled: number }>, deps: Deps = world) {
  return (_event: unknown, context: PassContext): Promise<void> =>
    untilAnswered(deadlineOf(context, deps), () => passed(context));

  async function passed(context: PassContext): Promise<void> {
    const { now, random, pause } = deps;
    const startedAt = now();
    const requestId = context.awsRequestId;
    const until = startedAt + context.getRemainingTimeInMillis() - LAST_MS;
    let failures = 0;
    const failed: Pass['failed'] = (externalMeetingId, error) => {
      failures += 1;
      say(deps, { status: 500, requestId, externalMeetingId }, error);
    };
    const { reconciled } = await flow({ now, random, pause, requestId, until, failed });
    say(deps, { status: 200, requestId, reconciled, failed: failures, durationMs: now() - startedAt });
    measure('ReconcilerPassCompleted');
    writeMetrics(deps);
  }
}

function say(deps: Deps, line: Line, error?: unknown): void {
  if (isWanted(line, deps.settings().logLevel)) deps.write(logLine(line, error));
}
