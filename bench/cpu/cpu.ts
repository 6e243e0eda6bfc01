import { useContainer } from '../../lib/container.ts';
import { operations } from '../../lib/contract.ts';
import { onSchedule } from '../../lib/events/schedule.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { reconcile } from '../../lib/flows/reconcile/run.ts';
import { endpoint } from '../../lib/http.ts';
import { rounded } from '../../simulation/numbers.ts';
import { openScene, type Scene, served, WAITING_NAME } from './scene.ts';
import { cpuMsSince, type Measured, type Sent } from './wire.ts';

/** How many rounds are measured, and how many requests of each kind a round has. `names`: those that a reconciler pass looks at. */
export interface Size {
  rounds: number;
  requests: number;
  names: number;
}

/** Processor time of one request, or of one look of the reconciler (milliseconds): the minimum of the rounds, which other work disturbs least. */
export interface CpuFigures {
  cpuMs: number;
  /** As a multiple of the empty handler in the same rounds. */
  timesEmpty: number;
  /** The share of the SDK: the same commands with the same replies, and nothing else (milliseconds). */
  sdkMs: number;
  /** The rest of `cpuMs`: the entrance, and our flow (milliseconds). */
  restMs: number;
  /** Requests to DynamoDB and Chime. */
  sent: number;
  /** What was asked for each: 1 for each request, or look. */
  asked: number;
}

interface Round {
  cpuMs: number;
  sdkMs: number;
  sent: number;
}

const KINDS = ['empty', 'first', 'repeated', 'waiting', 'look'] as const;
export type Kind = (typeof KINDS)[number];
const MINUTE_MS = 60_000;
/** A calm name is due again by then. */
const BETWEEN_PASSES_MS = 10 * MINUTE_MS;

/** Measures requests of each kind in rounds. The kinds take turns, so that a slow moment of the machine affects all. */
export async function cpuBench({ rounds, requests, names }: Size): Promise<Record<Kind, CpuFigures>> {
  const seats = (rounds + 1) * requests;
  const [join, calm] = [await openScene(1, seats), await openScene(names, 0)];
  const kinds = { ...joins(join, requests), look: passes(calm) };
  const taken: Record<Kind, Round[]> = { empty: [], first: [], repeated: [], waiting: [], look: [] };
  const asked = { empty: 0, first: 0, repeated: 0, waiting: 0, look: 0 };
  for (let round = -1; round < rounds; round++) {
    for (const kind of KINDS) {
      const { measured } = kind === 'look' ? calm : join;
      useContainer(measured.container);
      const { count, ...of } = await measure(measured, kinds[kind], round + 1);
      if (round < 0) continue; // the first round compiles the code
      taken[kind].push(of);
      asked[kind] += count;
    }
  }
  const least = (kind: Kind, of: keyof Round) => Math.min(...taken[kind].map((each) => each[of]));
  const figures = KINDS.map((kind): [Kind, CpuFigures] => {
    const [cpuMs, sdkMs] = [least(kind, 'cpuMs'), least(kind, 'sdkMs')];
    return [
      kind,
      {
        cpuMs: rounded(cpuMs, 3),
        timesEmpty: rounded(cpuMs / least('empty', 'cpuMs'), 1),
        sdkMs: rounded(sdkMs, 3),
        restMs: rounded(cpuMs - sdkMs, 3),
        sent: rounded(least(kind, 'sent'), 2),
        asked: asked[kind],
      },
    ];
  });
  return Object.fromEntries(figures) as Record<Kind, CpuFigures>;
}

/** Runs a round; returns how many requests, or looks, it had. */
type Work = (round: number) => Promise<number>;

async function measure(measured: Measured, work: Work, round: number): Promise<Round & { count: number }> {
  Object.assign(measured, { sent: [], replies: new Map(), standInsMs: 0 });
  const before = process.cpuUsage();
  const count = await work(round);
  const cpuMs = cpuMsSince(before) - measured.standInsMs;
  const sent = measured.sent as unknown as Sent[];
  const sdkMs = await sdkAlone(measured, sent);
  return { cpuMs: cpuMs / count, sdkMs: sdkMs / count, sent: sent.length / count, count };
}

/** Processor time of the SDK for these commands, with the replies that they had (milliseconds). */
async function sdkAlone(measured: Measured, sent: Sent[]): Promise<number> {
  Object.assign(measured, { sent: undefined, isReplay: true, standInsMs: 0 });
  const again = sent.map(({ client, command }) => {
    const Command = command.constructor as new (input: object) => typeof command;
    return { client, command: () => new Command(command.input) };
  });
  const before = process.cpuUsage();
  for (const { client, command } of again) await client.send(command()).catch(() => undefined); // a conflict
  const cpuMs = cpuMsSince(before) - measured.standInsMs;
  measured.isReplay = false;
  return cpuMs;
}

function joins(scene: Scene, requests: number): Record<Exclude<Kind, 'look'>, Work> {
  const { joinMeeting: operation } = operations;
  const [name] = scene.names as [string];
  const join = served(scene, endpoint(operation, joinMeeting, scene.deps));
  const empty = served(
    scene,
    endpoint(operation, async () => ({ status: 200, body: {} }), scene.deps),
  );
  const each = (once: (sub: string) => Promise<string>) => async (round: number) => {
    for (let n = 0; n < requests; n++) await once(`viewer-${round}-${n}`);
    return requests;
  };
  const viewer = (sub: string) => ({ sub, role: 'viewer' });
  return {
    empty: each((sub) => empty(viewer(sub), name, 200)),
    first: each((sub) => join(viewer(sub), name, 200)),
    repeated: each((sub) => join(viewer(sub), name, 200)),
    waiting: each((sub) => join(viewer(sub), WAITING_NAME, 202)),
  };
}

/** A pass of the reconciler over calm names, all of them due. Returns at how many it looked. */
function passes({ deployment, deps }: Scene): Work {
  let reconciled = 0;
  const counted: typeof reconcile = async (pass) => {
    const done = await reconcile(pass);
    reconciled = done.reconciled;
    return done;
  };
  const handler = onSchedule(counted, deps);
  return async (round) => {
    deployment.clock.now += BETWEEN_PASSES_MS;
    await handler({}, { awsRequestId: `pass-${round}`, getRemainingTimeInMillis: () => MINUTE_MS });
    return reconciled;
  };
}
