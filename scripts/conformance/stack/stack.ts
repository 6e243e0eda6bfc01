import { balcony, Refusal } from '../../../client/balcony.ts';
import { redact } from '../answer.ts';
import { nameFor } from '../claims.ts';
import { type CorsFinding, corsOf, corsReport } from './cors.ts';
import { STEP_MS, type Stack, stepsOf } from './steps.ts';

export interface Step {
  step: string;
  ms: number;
  /** The number of times that the service told the step to wait. */
  waits?: number;
}

export interface Smoke {
  meeting: string;
  steps: Step[];
  /** The failed step and the reason; later steps were not taken. */
  failed?: { step: string; why: string };
  /** Whether the service confirmed the end of the meeting. If not, the meeting may still be live. */
  isEnded: boolean;
  /** The origin of a page, and the CORS headers that it sees on responses of API Gateway itself. */
  cors: { origin: string; findings: CorsFinding[] };
}

/** Runs one meeting of a host and a viewer, and ends it in any case; then checks the CORS headers. */
export async function smoke(stack: Stack, runId: string, signal: AbortSignal): Promise<Smoke> {
  const meeting = nameFor([stack.hostToken, stack.viewerToken], runId);
  const taken = await walk(stack, meeting, signal);
  const host = balcony({ url: stack.url, token: stack.hostToken });
  const isEnded = await within(STEP_MS, host.end(meeting)).then(
    () => true,
    () => false,
  );
  const findings = await corsOf(stack, AbortSignal.any([signal, AbortSignal.timeout(STEP_MS)]));
  return { meeting, ...taken, isEnded, cors: { origin: stack.origin, findings } };
}

async function walk(
  stack: Stack,
  meeting: string,
  signal: AbortSignal,
): Promise<Pick<Smoke, 'steps' | 'failed'>> {
  const steps: Step[] = [];
  for (const [step, take] of stepsOf(stack, meeting)) {
    const from = performance.now();
    try {
      signal.throwIfAborted();
      const waits = await within(STEP_MS, take());
      steps.push({
        step,
        ms: Math.round(performance.now() - from),
        ...(Number(waits) > 0 && { waits: Number(waits) }),
      });
    } catch (error) {
      return { steps, failed: { step, why: whyOf(error) } };
    }
  }
  return { steps };
}

/** The code of a refusal, or the cause of an error of `fetch`. */
function whyOf(error: unknown): string {
  if (error instanceof Refusal) return `${error.status} ${error.code}`;
  const { message, cause } = error as Error & { cause?: Error };
  return redact(cause?.message ? `${message}: ${cause.message}` : message);
}

async function within<Value>(ms: number, request: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([request, late]).finally(() => clearTimeout(timer));
}

/** The result of the run, for a reader. */
export function smokeReport({ meeting, steps, failed, isEnded, cors }: Smoke): string {
  const told = steps.map(({ step, ms, waits }) => {
    const waited = waits ? `  told to wait ${waits} times` : '';
    return `  ${step.padEnd(22)}${String(ms).padStart(7)} ms${waited}`;
  });
  return [
    `The stack, as ${meeting}:`,
    ...told,
    failed ? `FAILED at "${failed.step}": ${failed.why}` : 'All steps were taken.',
    ...(isEnded ? [] : [`${meeting} could NOT be ended.`]),
    ...corsReport(cors.origin, cors.findings),
  ].join('\n');
}
