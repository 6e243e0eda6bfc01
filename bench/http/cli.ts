import { discardAll, npmStart } from '../../local/npm-start.ts';
import { type Choice, crowd, type Outcome } from './crowd.ts';

/** `--viewers 1000 --concurrency 32 --within 240 --json`, all optional; `within` is in seconds. */
const numberAfter = (flag: string, usual: number) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? usual : Number(process.argv[at + 1]);
};

const choice: Choice = {
  viewers: Math.min(numberAfter('--viewers', 1000), 4000),
  concurrency: numberAfter('--concurrency', 32),
  withinSeconds: numberAfter('--within', 240),
};

/** The exit of this process must end the local stack, which is not in the terminal's group. */
process.on('exit', discardAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

process.env.LOG_LEVEL = 'error';
const stack = await npmStart();
const outcome = await crowd(stack.urls, choice);
await stack.endAll('SIGINT');
console.log(process.argv.includes('--json') ? JSON.stringify(outcome) : tableOf(outcome));
if (outcome.faults.length > 0) console.error(complaints());
process.exit(outcome.faults.length > 0 ? 1 : 0);

/** The first few lines in which the handlers logged an error. */
function complaints(): string {
  const lines = stack.output().split('\n');
  return lines
    .filter((line) => line.includes('"level":"error"'))
    .slice(0, 3)
    .join('\n');
}

function tableOf({ viewers, concurrency, phases, seatedMs, replicas, faults }: Outcome): string {
  const lines = phases.map(({ phase, requests, perSecond, p50Ms, p99Ms, statuses }) =>
    [
      phase.padEnd(14),
      ...[requests, perSecond, p50Ms, p99Ms].map((number) => String(number).padStart(9)),
      `  ${Object.entries(statuses)
        .map(([status, count]) => `${status}: ${count}`)
        .join(', ')}`,
    ].join(' '),
  );
  const seats = replicas.map(
    ({ mediaRegion, seatsTaken, capacity }) => `${mediaRegion} ${seatsTaken}/${capacity}`,
  );
  return [
    `${viewers} viewers at once through the real stack, ${concurrency} requests on their way at a time.\n`,
    'phase           requests  a second    p50 ms    p99 ms  statuses',
    ...lines,
    `\nA seat after ${seatedMs.p50} ms (p50), ${seatedMs.p99} ms (p99). Seats: ${seats.join(', ')}.`,
    faults.length > 0
      ? `BROKEN: ${faults.join('; ')}`
      : 'Each viewer has one seat, and no meeting exceeds its capacity.',
  ].join('\n');
}
