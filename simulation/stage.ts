import type { Container } from '../lib/container.ts';
import type { Actors } from './actors/actors.ts';
import type { Connections } from './actors/connections.ts';
import type { Environment } from './actors/environment-events.ts';
import type { Published } from './checks/always.ts';
import type { World } from './world.ts';

export interface Stage {
  world: World;
  actors: Actors;
  environment: Environment;
  connections: Connections;
  /** They share their SDK clients, and each has its own caches. */
  containers: Container[];
  published: Published;
  faults: string[];
  /** The write count of the stores at the last check. */
  changes: number;
}
