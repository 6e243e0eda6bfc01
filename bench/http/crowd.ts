import { emulatorAt } from '../../local/load-generator/emulator.ts';
import type { StackUrls } from '../../local/stack-file.ts';
import { percentile, rounded } from '../../simulation/numbers.ts';
import { faultsOf, type Seating } from './audit.ts';
import { type Phase, phaseOf } from './phases.ts';
import { slots } from './slots.ts';
import { ask, type Door, type Reply, untilSeated } from './visitor.ts';

export interface Choice {
  viewers: number;
  /** Concurrent requests. */
  concurrency: number;
  /** The crowd stops after this many seconds. */
  withinSeconds: number;
}

export interface Outcome extends Choice {
  phases: Phase[];
  /** From the start until the viewer holds a seat, with all retries. */
  seatedMs: { p50: number; p99: number };
  /** Every replica, by ordinal. */
  replicas: { mediaRegion: string; seatsTaken: number; capacity: number }[];
  faults: string[];
}

const CAPACITY = 250;
const USUAL_REPLICAS = 4;
const NAME = 'front-door';
const MEDIA_REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1', 'sa-east-1'];

/** Brings a presenter on stage, then a whole audience at once, each viewer with a token of their own. */
export async function crowd(urls: StackUrls, choice: Choice): Promise<Outcome> {
  const { viewers, concurrency, withinSeconds } = choice;
  const door: Door = {
    meeting: `${urls.api}/meetings/${NAME}`,
    turn: slots(concurrency),
    endsAt: performance.now() + withinSeconds * 1000,
  };
  const tokens = await tokensFor(urls.issuer, viewers, concurrency);
  await openDoors(urls, door, viewers);
  const first = await firstJoins(door, tokens);
  const again = await inParallel('joining again', tokens, (token) => ask(door, token, 'POST /join', {}));
  const reads = await inParallel('topology', tokens, (token) => ask(door, token, 'GET '));
  const topology = reads.replies.at(-1)?.body;
  if (!topology?.replicas) throw new Error('the topology could not be read');
  const phases = [first.phase, again.phase, reads.phase];
  const seatings = { first: first.replies.map(seatingIn), again: again.replies.map(seatingIn) };
  const faults = faultsOf({ viewers, ...seatings, topology, phases });
  return { ...choice, phases, seatedMs: first.seatedMs, replicas: topology.replicas.map(inShort), faults };
}

async function tokensFor(issuer: string, viewers: number, concurrency: number): Promise<string[]> {
  const turn = slots(concurrency);
  const subs = Array.from({ length: viewers }, (_, at) => `viewer-${at}`);
  return Promise.all(subs.map((sub) => turn(() => tokenFor(issuer, { sub, role: 'viewer' }))));
}

async function tokenFor(issuer: string, claims: { sub: string; role: string }): Promise<string> {
  const response = await fetch(`${issuer}/token`, { method: 'POST', body: JSON.stringify(claims) });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Opens the meeting. If the default quota of four replicas is too small, raises it, as one would ask AWS to. */
async function openDoors({ issuer, chime }: StackUrls, door: Door, viewers: number): Promise<void> {
  const maxReplicas = Math.max(USUAL_REPLICAS, Math.ceil(viewers / CAPACITY));
  if (maxReplicas > USUAL_REPLICAS) await emulatorAt(chime).change({ replicasPerPrimary: maxReplicas });
  const host = await tokenFor(issuer, { sub: 'host', role: 'host' });
  const created = await ask(door, host, 'PUT ', { maxReplicas });
  const joined = (await untilSeated(door, host)).at(-1);
  if (created.status !== 201 || joined?.status !== 200) throw new Error('the host did not get on stage');
}

async function firstJoins(door: Door, tokens: string[]) {
  const replies: Reply[] = [];
  const seated: number[] = [];
  const openedAt = performance.now();
  const last = await Promise.all(
    tokens.map(async (token, at) => {
      const all = await untilSeated(door, token, { mediaRegion: MEDIA_REGIONS[at % MEDIA_REGIONS.length] });
      replies.push(...all);
      seated.push(performance.now() - openedAt);
      return all.at(-1) as Reply;
    }),
  );
  const phase = phaseOf('joining', replies, (performance.now() - openedAt) / 1000);
  const seatedMs = { p50: rounded(percentile(seated, 50), 0), p99: rounded(percentile(seated, 99), 0) };
  return { replies: last, phase, seatedMs };
}

async function inParallel(phase: string, tokens: string[], asked: (token: string) => Promise<Reply>) {
  const startedAt = performance.now();
  const replies = await Promise.all(tokens.map(asked));
  return { replies, phase: phaseOf(phase, replies, (performance.now() - startedAt) / 1000) };
}

function seatingIn({ status, body }: Reply): Seating | undefined {
  if (status !== 200) return undefined;
  return { meetingId: body.Meeting.MeetingId, attendeeId: body.Attendee.AttendeeId };
}

const inShort = ({ mediaRegion, seatsTaken, capacity }: Outcome['replicas'][number]) => ({
  ...{ mediaRegion, seatsTaken, capacity },
});
