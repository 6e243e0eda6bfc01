import type { forgetTopologies } from '../lib/store/topology/topologies.ts';
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
  /** The topology cache of each container. */
  memories: Parameters<typeof forgetTopologies>[0][];
  published: Published;
  faults: string[];
  /** The write count of the stores at the last check. */
  changes: number;
}
