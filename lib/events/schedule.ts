import { runRequest } from '../deadline.ts';
import { type Deps, deadlineOf, deployed } from '../http.ts';
import { isWanted, type Line, logLine } from '../log.ts';
import { measure, writeMetrics } from '../metrics.ts';

/** The input of a scheduled pass. */
export interface Pass {
  now: () => number;
  random: () => number;
  pause: (ms: number) => Promise<void>;
  requestId: string;
  /** Milliseconds since the Unix epoch: no new work is begun after this. */
  until: number;
  /** Called for a name that failed. */
  failed: (externalMeetingId: string, error: unknown) => void;
}

/** The members of Lambda's context that are used. */
export interface PassContext {
  awsRequestId: string;
  getRemainingTimeInMillis: () => number;
}

/** The time that the last work begun may need (milliseconds). */
const LAST_MS = 20_000;

/**
 * A handler for a schedule: it runs a flow until only the time for the last work remains. It writes one log line
 * about the pass, and one about each name that failed. A pass that fails as a whole is an error of the function.
 */
export function onSchedule(flow: (pass: Pass) => Promise<{ reconciled: number }>, deps: Deps = deployed) {
  return (_event: unknown, context: PassContext): Promise<void> =>
    runRequest(deadlineOf(context, deps), () => passed(context));

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
