import type { Participant } from '../../domain/meeting/participant.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { readAll } from '../batch.ts';
import { participantKey, topologyKey } from '../keys.ts';
import type { Due } from './due.ts';
import { toTopology } from './topologies.ts';

/** A name on the reconciler's list, as it was a moment ago. */
export interface Listed extends Due {
  topology: Topology;
  /** When the last look at the name that came to its end had begun (milliseconds since the epoch). */
  lookedAt?: number;
  /** The due time that the last look planned, if it found nothing to repair, and no other write put the name on the list since. */
  calmUntil?: number;
  /** A look at the name has begun, and has not ended. */
  isTaken: boolean;
}

/** The records of these names, a hundred a request. Names without a record, or off the list by now, are left out. */
export async function readOnList(names: readonly Due[]): Promise<Listed[]> {
  const items = await readAll(names.map(({ externalMeetingId }) => topologyKey(externalMeetingId)));
  return items.flatMap((item) => listedOf(item) ?? []);
}

/** A name on the list and these people of it, read consistently in one request. `listed`: undefined if it is off the list. */
export async function readListedWith(
  externalMeetingId: string,
  people: readonly string[],
): Promise<{ listed: Listed | undefined; people: Participant[] }> {
  const key = topologyKey(externalMeetingId);
  const keys = [key, ...people.map((person) => participantKey(externalMeetingId, person))];
  const items = await readAll(keys, { ConsistentRead: true });
  const topology = items.find(({ pk }) => pk === key.pk);
  return {
    listed: topology && listedOf(topology),
    people: items.filter(({ pk }) => pk !== key.pk) as unknown as Participant[],
  };
}

function listedOf(read: Record<string, unknown>): Listed | undefined {
  const { reconcileAt, lookedAt, calmUntil, sweptBy, ...item } = read;
  if (reconcileAt === undefined) return undefined;
  return {
    externalMeetingId: item.externalMeetingId as string,
    topology: toTopology(item),
    reconcileAt: reconcileAt as number,
    isTaken: sweptBy !== undefined,
    ...(lookedAt !== undefined && { lookedAt: lookedAt as number }),
    ...(calmUntil !== undefined && { calmUntil: calmUntil as number }),
  };
}

/** The records of all people on these stages, by name, a hundred a request. */
export async function readStages(topologies: readonly Topology[]): Promise<Map<string, Participant[]>> {
  const people = topologies.flatMap(({ externalMeetingId, stage }) =>
    [...stage].map((name) => ({ externalMeetingId, key: participantKey(externalMeetingId, name) })),
  );
  const nameOf = new Map(
    people.map(({ externalMeetingId, key }) => [`${key.pk} ${key.sk}`, externalMeetingId]),
  );
  const stages = new Map<string, Participant[]>();
  for (const item of await readAll(people.map(({ key }) => key))) {
    const name = nameOf.get(`${item.pk} ${item.sk}`) as string;
    stages.set(name, [...(stages.get(name) ?? []), item as unknown as Participant]);
  }
  return stages;
}
