import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createContainer, useContainer } from '../../lib/container.ts';
import { operations } from '../../lib/contract.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { endpoint } from '../../lib/http.ts';
import { bundled } from '../cold-start/bundle.ts';
import { openScene, type Scene, served } from './scene.ts';

/** The heap of one container, in bytes after a forced garbage collection, and the entries of its caches. */
export interface HeapFigures {
  joins: number;
  names: number;
  /** How many entries the caches of the container have, the largest first. Each name has at most one in each cache. */
  entries: number[];
  /** What is freed when the caches of the container are dropped. */
  cachesBytes: number;
  /** What is freed when the route is dropped. It keeps when each person may ask again: at most 10,000 people. */
  routeBytes: number;
  /** What is freed when the SDK clients are dropped. */
  clientsBytes: number;
  /** By how much the heap grew while the same people joined again, stand-ins included. */
  secondRoundBytes: number;
}

/** Lets different people join, in turn at each name, in one container, and then all of them again. */
export async function heapBench(joins: number, names: number): Promise<HeapFigures> {
  const scene = await openScene(names, Math.ceil(joins / names));
  const { container } = scene.measured;
  const routes = [joinOf(scene)]; // a list, so that nothing else holds the route
  await joinAll(routes, scene, joins);
  const first = heapBytes();
  await joinAll(routes, scene, joins);
  const second = heapBytes();
  const entries = sizesOf(container.caches.values());
  container.caches.clear();
  const withoutCaches = heapBytes();
  routes.length = 0;
  const withoutRoute = heapBytes();
  container.clients.clear();
  useContainer(createContainer());
  return {
    joins,
    names,
    entries,
    secondRoundBytes: second - first,
    cachesBytes: second - withoutCaches,
    routeBytes: withoutCaches - withoutRoute,
    clientsBytes: withoutRoute - heapBytes(),
  };
}

const joinOf = (scene: Scene) => served(scene, endpoint(operations.joinMeeting, joinMeeting, scene.deps));

async function joinAll(routes: ReturnType<typeof joinOf>[], { names }: Scene, joins: number): Promise<void> {
  for (let n = 0; n < joins; n++)
    await routes[0]?.({ sub: `viewer-${n}`, role: 'viewer' }, names[n % names.length] as string, 200);
}

const sizesOf = (caches: Iterable<unknown>) =>
  [...caches].flatMap((cache) => (cache instanceof Map ? cache.size : [])).sort((a, b) => b - a);

/** The bytes of the heap that are in use after a garbage collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

/** The heap of a fresh process that has loaded the packaged join and nothing else. */
export function loadedBytes(): number {
  mkdirSync('.cache', { recursive: true });
  const file = resolve('.cache', `heap-${process.pid}.cjs`);
  writeFileSync(file, bundled('handlers/join-meeting.ts'));
  const script = `require(${JSON.stringify(file)}); gc(); process.stdout.write(String(process.memoryUsage().heapUsed))`;
  try {
    return Number(execFileSync(process.execPath, ['--expose-gc', '-e', script], { encoding: 'utf8' }));
  } finally {
    rmSync(file);
  }
}
