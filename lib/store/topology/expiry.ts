import { startsAt, type Topology } from '../../domain/meeting/topology.ts';
import { nameExpiresAt } from '../table.ts';

/** When a topology written now expires (TTL, in seconds). An event that is scheduled far ahead is kept until after its start. */
export const topologyExpiresAt = (topology: Pick<Topology, 'options'>, now: number): number =>
  nameExpiresAt(Math.max(now, startsAt(topology)));
