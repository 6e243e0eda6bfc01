import { createInterface } from 'node:readline/promises';
import { type Choice, readArguments, USAGE } from './conformance/arguments.ts';
import { type Answers, askChime } from './conformance/ask-chime.ts';
import { clean, cleanReport } from './conformance/clean.ts';
import { experimentsFor } from './conformance/experiments.ts';
import { journalIn } from './conformance/journal.ts';
import { clock, pacedBy } from './conformance/pace.ts';
import { endpointOf, type Place } from './conformance/place.ts';
import { documentOf, reportOn } from './conformance/report.ts';
import { type Smoke, smoke, smokeReport } from './conformance/stack/stack.ts';

const ASKING_MS = 150_000;
const runId = crypto.randomUUID().slice(0, 8);
const stop = new AbortController();
const interrupted = new Error('interrupted');
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(interrupted));

async function confirmed({ profile, ...place }: Place): Promise<boolean> {
  console.error(
    `This creates meetings and attendees at ${endpointOf(place)}, as profile ${profile ?? '(none)'},`,
  );
  console.error(
    'and deletes them again. No attendee joins them, and AWS bills only minutes of attendees who joined.',
  );
  if (!process.stdin.isTTY) throw new TypeError('--yes: required without a terminal to confirm on');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Type yes to go on: ', { signal: stop.signal }).catch(() => '');
  terminal.close();
  return answer.trim() === 'yes';
}

function ask(place: Place, { meetingsQuota, callsPerSecond }: Choice): Promise<Answers> {
  const experiments = experimentsFor(meetingsQuota === undefined ? {} : { meetingsQuota });
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(ASKING_MS)]);
  const journal = journalIn(process.cwd(), runId);
  const options = { place, journal, pace: pacedBy(callsPerSecond, clock), clock, runId, signal };
  return askChime(experiments, options, ({ id, verdict }) => console.error(`${verdict.padEnd(8)}${id}`));
}

/** The parts of the report. */
type Parts = { chime?: Answers; stack?: Smoke };

function print({ place, asJson }: Choice, { chime, stack }: Parts): void {
  const asked = chime && place;
  const json = { ...(asked && { chime: documentOf(chime, place) }), ...(stack && { stack }) };
  const texts = [...(asked ? [reportOn(chime, place)] : []), ...(stack ? [smokeReport(stack)] : [])];
  console.log(asJson ? JSON.stringify(json, null, 2) : texts.join('\n\n'));
}

function exitCodeOf({ chime, stack }: Parts): number {
  const findings = chime?.findings ?? [];
  const isUnknown = findings.some(({ verdict }) => verdict === 'unknown');
  if (isUnknown || chime?.left.length || stack?.failed || stack?.isEnded === false) return 2;
  return findings.some(({ verdict, instead }) => verdict === 'differs' || instead) ? 1 : 0;
}

async function run(choice: Choice): Promise<number> {
  const { place, stack } = choice;
  if (place && choice.isCleaning) {
    const cleaned = await clean(process.cwd(), place, choice.callsPerSecond);
    console.log(choice.asJson ? JSON.stringify(cleaned) : cleanReport(cleaned));
    return cleaned.left.length > 0 ? 2 : 0;
  }
  if (place && !choice.isConfirmed && !(await confirmed(place))) return 2;
  const parts: Parts = {};
  if (stack) parts.stack = await smoke(stack, runId, stop.signal);
  if (place) parts.chime = await ask(place, choice);
  print(choice, parts);
  return exitCodeOf(parts);
}

try {
  const choice = readArguments(process.argv.slice(2));
  if (choice) process.exitCode = await run(choice);
  else console.log(USAGE);
} catch (error) {
  console.error(error instanceof TypeError ? `${error.message}\n\n${USAGE}` : (error as Error).message);
  process.exitCode = 2;
}
