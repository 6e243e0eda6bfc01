import type { forgetTopologies } from '../lib/store/topology/topologies.ts';
import type { Connections } from './actors/connections.ts';
import type { Backstage } from './actors/environment-events.ts';
import type { Troupe } from './actors/troupe.ts';
import type { Published } from './checks/always.ts';
import type { World } from './world.ts';

export interface Stage {
  world: World;
  troupe: Troupe;
  backstage: Backstage;
  connections: Connections;
  /** What each container remembers of topologies. */
  memories: Parameters<typeof forgetTopologies>[0][];
  published: Published;
  faults: string[];
  /** How often the stores had changed when they were last looked at. */
  changes: number;
}
