import { type Balcony, balcony } from '../../client/balcony.ts';
import type { Joined, Waiting } from '../../client/types.ts';
import { emulatorAt } from '../../local/load-generator/emulator.ts';
import type { StackUrls } from '../../local/stack-file.ts';
import { busiestWindow, percentile, rounded } from '../../simulation/numbers.ts';

export interface RealOutcome {
  viewers: number;
  /** While all wait, and no presenter is there. */
  requestsPerSecond: number;
  busiestSecond: number;
  /** From the presenter's first request to the seat on stage. Undefined if that took too long, as below. */
  presenterAnsweredS: number | undefined;
  /** From the presenter's first request to the seat of half of the viewers, and of the last one. */
  halfSeatedS: number | undefined;
  lastSeatedS: number | undefined;
  /** Requests that got a 429 or a 5xx, or no answer, in the whole run. */
  failed: number;
  faults: string[];
}

const NAME = 'waiting-clients';
const CAPACITY = 250;
/** Viewers come within this time, all have come when the measurement begins, and the presenter comes when it ends. */
const COME_WITHIN_MS = 30_000;
const MEASURED_FROM_MS = 60_000;
const PRESENTER_COMES_MS = 90_000;

/** All waiting viewers of one meeting, each a client of `client/` with a token of its own, against a local stack. */
export async function realClients(
  urls: StackUrls,
  { viewers, withinMs }: { viewers: number; withinMs: number },
): Promise<RealOutcome> {
  const host = await clientOf(urls, 'host');
  const replicas = Math.ceil(viewers / CAPACITY);
  await emulatorAt(urls.chime).change({ replicasPerPrimary: Math.max(4, replicas) });
  await host.create(NAME, { maxReplicas: replicas });
  const clients = await inTurn(viewers, (k) => clientOf(urls, 'viewer', `viewer-${k}`));
  const answers: Answers = { at: [], failed: 0 };
  const begun = performance.now();
  const people = clients.map((client, k) =>
    wait(client, (k / viewers) * COME_WITHIN_MS, { answers, withinMs }),
  );
  await pause(PRESENTER_COMES_MS);
  const measured = answers.at.filter((at) => at >= begun + MEASURED_FROM_MS);
  const cameAt = performance.now();
  const sinceThen = (at: number) => rounded((at - cameAt) / 1000, 1);
  const presenter = await host
    .join(NAME, { signal: AbortSignal.timeout(withinMs - PRESENTER_COMES_MS) })
    .then(
      () => sinceThen(performance.now()),
      () => undefined,
    );
  const seated = (await Promise.all(people)).filter((person) => person !== undefined);
  const seatedS = seated.map(({ at }) => sinceThen(at));
  return {
    viewers,
    requestsPerSecond: rounded((measured.length * 1000) / (PRESENTER_COMES_MS - MEASURED_FROM_MS), 0),
    busiestSecond: busiestWindow(measured, 1000),
    presenterAnsweredS: presenter,
    halfSeatedS:
      seated.length * 2 < viewers ? undefined : percentile(seatedS, (50 * viewers) / seated.length),
    lastSeatedS: seated.length < viewers ? undefined : Math.max(...seatedS),
    failed: answers.failed,
    faults: faultsOf(seated.map(({ seat }) => seat)),
  };
}

interface Answers {
  /** When a client got an answer (milliseconds). */
  at: number[];
  failed: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function clientOf({ api, issuer }: StackUrls, role: string, sub = role): Promise<Balcony> {
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: JSON.stringify({ sub, role }) });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return balcony({ url: api, token });
}

async function inTurn<T>(many: number, make: (k: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let k = 0; k < many; k++) made.push(await make(k));
  return made;
}

/** One viewer, until there is a seat. Undefined if there is none in time. */
async function wait(
  client: Balcony,
  comesAfterMs: number,
  { answers, withinMs }: { answers: Answers; withinMs: number },
): Promise<{ seat: Joined; at: number } | undefined> {
  const signal = AbortSignal.timeout(withinMs);
  await pause(comesAfterMs);
  const onWaiting = ({ reason }: Waiting) => {
    answers.at.push(performance.now());
    if (reason === 'busy' || reason === 'unreachable') answers.failed++;
  };
  const seat = await client.join(NAME, { signal, onWaiting }).catch((error) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  return seat && { seat, at: performance.now() };
}

/** What must not be: two viewers with one attendee, or a meeting with more viewers than its capacity. */
function faultsOf(seats: Joined[]): string[] {
  const attendees = new Set(seats.map(({ Attendee }) => Attendee.AttendeeId));
  const inside = new Map<string, number>();
  for (const { Meeting } of seats) inside.set(Meeting.MeetingId, (inside.get(Meeting.MeetingId) ?? 0) + 1);
  const overfull = [...inside].filter(([, people]) => people > CAPACITY);
  return [
    ...(attendees.size < seats.length ? [`${seats.length} viewers have ${attendees.size} attendees`] : []),
    ...overfull.map(([meetingId, people]) => `meeting ${meetingId} has ${people} viewers`),
  ];
}
