import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Job, Outcome } from './worker/jobs.ts';

/** One process of a fleet. */
export interface Member {
  ask(job: Job): Promise<Outcome>;
  /** Settles when the process has stopped before the request that its job names. */
  stalled: Promise<unknown>;
  goOn(): void;
  end(): Promise<void>;
}

/** Processes that share DynamoDB and Chime, and nothing else. */
export interface Fleet {
  /** Have a job done by the next process in turn. */
  ask(job: Job): Promise<Outcome>;
  /** One process more, which answers only its own jobs. */
  recruit(): Promise<Member>;
  end(): Promise<void>;
}

/** Start processes in the world that `process.env` points at. They end with `end`, or with this process. */
export async function startFleet(size: number): Promise<Fleet> {
  const { file, discard } = bundleWorker();
  const recruits: Member[] = [];
  const recruit = async () => {
    const { member, ready } = startMember(file);
    recruits.push(member);
    await ready;
    return member;
  };
  const members = await Promise.all(Array.from({ length: size }, recruit));
  let turn = 0;
  return {
    recruit,
    ask: (job) => (members[turn++ % size] as Member).ask(job),
    end: async () => {
      await Promise.all(recruits.map((member) => member.end()));
      discard();
    },
  };
}

function failedToStart([code]: unknown[]): never {
  throw new Error(`a process of the fleet ended with ${code} before it was ready`);
}

/** One file of JavaScript starts in a fraction of the time that its sources take. */
function bundleWorker(): { file: string; discard: () => void } {
  mkdirSync('.cache', { recursive: true });
  const directory = mkdtempSync(join('.cache', 'fleet-'));
  const file = join(directory, 'worker.cjs');
  buildSync({
    entryPoints: ['test/support/worker/worker.ts'],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
  });
  return { file, discard: () => rmSync(directory, { recursive: true, force: true }) };
}

type Pending = Map<number, (outcome: Outcome) => void>;

function startMember(file: string): { member: Member; ready: Promise<unknown> } {
  const child = fork(file, { serialization: 'advanced', execArgv: [], env: process.env });
  const ready = Promise.race([once(child, 'message'), once(child, 'exit').then(failedToStart)]);
  const stalled = new Promise<unknown>((resolve) => {
    child.on('message', (message) => message === 'stalled' && resolve(message));
  });
  const exited = once(child, 'exit');
  const pending: Pending = new Map();
  let jobs = 0;
  settleWith(child, pending);
  const ask = (job: Job) =>
    new Promise<Outcome>((settle) => {
      const id = ++jobs;
      if (!child.connected) return settle({ kind: 'died' }); // also by `end`, when a test gave up on its jobs
      pending.set(id, settle);
      child.send({ id, job }, () => {}); // what cannot be sent is settled when the process exits
    });
  const end = async () => {
    if (child.connected) child.disconnect();
    await exited;
  };
  const goOn = () => void child.send('go on');
  return { member: { ask, stalled, goOn, end }, ready };
}

function settleWith(child: ChildProcess, pending: Pending): void {
  child.on('message', (message: 'ready' | 'stalled' | { id: number; outcome: Outcome }) => {
    if (typeof message === 'string') return;
    pending.get(message.id)?.(message.outcome);
    pending.delete(message.id);
  });
  child.once('exit', () => {
    for (const settle of pending.values()) settle({ kind: 'died' });
    pending.clear();
  });
}
