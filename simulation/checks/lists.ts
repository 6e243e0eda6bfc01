import type { Topology } from '../../lib/domain/meeting/topology.ts';
import { castOf, type Part } from '../actors/scenario.ts';
import { isExpired } from '../expiry.ts';
import { passTime } from '../scheduler.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';
import { storesOf } from './stores.ts';

type Status = Topology['status'];

const STATUSES: Status[] = ['scheduled', 'live', 'ended'];
/** Longer than an index may be behind the table (milliseconds). */
const CAUGHT_UP_MS = 2000;
/** Small, so that a list has several pages. */
const LIMIT = 1;

/** A primary may die of idleness while a host reads the lists. Then the host reads them again, at most this often. */
const TRIES = 4;

/** Once nothing happens any more, the list of each status contains exactly the names that have it. A host reads the lists. */
export async function listFaults(stage: Stage, play: () => Promise<void>): Promise<string[]> {
  let faults: string[] = [];
  for (let tries = 0; tries < TRIES; tries++) {
    const before = allNames(stage.world);
    faults = await faultsOnce(stage, play);
    if (allNames(stage.world) === before) return faults;
  }
  return faults;
}

const allNames = (world: World) => STATUSES.map((status) => namesWith(world, status).join()).join(' ');

async function faultsOnce(stage: Stage, play: () => Promise<void>): Promise<string[]> {
  const { world, actors } = stage;
  const host = castOf(world.plan).find(({ role }) => role === 'host') as Part;
  const listed = new Map<Status, string[]>(STATUSES.map((status) => [status, []]));
  passTime(world.agenda, CAUGHT_UP_MS);
  actors.enter({
    ...host,
    play: async (me) => {
      for (const [status, names] of listed) {
        let cursor: string | undefined;
        do {
          const body = { status, limit: LIMIT, ...(cursor && { cursor }) };
          const outcome = await me.ask('list', { role: 'host', body });
          if (outcome.kind !== 'answered') return void names.push(`no answer, but ${outcome.kind}`);
          const page = outcome.answer.body as { meetings: { externalMeetingId: string }[]; cursor?: string };
          names.push(...page.meetings.map(({ externalMeetingId }) => externalMeetingId));
          cursor = page.cursor;
        } while (cursor !== undefined);
      }
    },
  });
  await play();
  return STATUSES.flatMap((status) => {
    const [found, expected] = [listed.get(status)?.toSorted().join(), namesWith(world, status).join()];
    return found === expected ? [] : [`the ${status} names are ${expected}, and the list says ${found}`];
  });
}

function namesWith(world: World, status: Status): string[] {
  const { plan, dynamo, agenda } = world;
  const isKept = (name: string) => {
    const item = dynamo.table.items.get(`MEETING#${name}\nTOPOLOGY`);
    return item !== undefined && !isExpired(item, agenda.now);
  };
  return plan.names
    .filter((name) => isKept(name) && storesOf(world, name).topology?.status === status)
    .toSorted();
}
