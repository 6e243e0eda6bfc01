import { settle } from '../emulator/state/meetings/lifecycle.ts';
import type { Meeting } from '../emulator/state/meetings/meeting.ts';
import type { Item } from './dynamodb/values.ts';
import { say, type World } from './world.ts';

/** DynamoDB deletes an item at any time after it expires: this deletes some of them now. */
export function deleteExpired(world: World): void {
  const { agenda, chance, dynamo, plan } = world;
  if (!plan.kinds.has('ttl')) return;
  settle(world.chime.state);
  for (const [key, item] of [...dynamo.table.items]) {
    if (!isExpired(item, agenda.now)) continue;
    const meeting = meetingThatNeeds(world, key, item);
    if (meeting) world.faults.push(`${shown(key)} expires while ${meeting.meetingId} lives`);
    if (chance.fate.happens(0.4)) continue;
    say(world, `${shown(key)} expires`);
    dynamo.table.items.delete(key);
    const name = /^MEETING#(.*)\n/.exec(key)?.[1];
    if (name) world.forgotten.set(name, world.step);
  }
}

export const isExpired = ({ expiresAt }: Item, now: number) =>
  Number(expiresAt?.N ?? Number.POSITIVE_INFINITY) * 1000 < now;

const shown = (key: string) => key.replace('\n', ' ');

/** A living Chime meeting that the item names, or that an item beside it names, or whose name the item holds. */
function meetingThatNeeds({ chime, dynamo }: World, key: string, item: Item): Meeting | undefined {
  const live = [...chime.state.live];
  if (live.length === 0) return undefined;
  const [pk = ''] = key.split('\n');
  const beside = pk.startsWith('REPLICA#')
    ? [...dynamo.table.items].filter(([other]) => other.startsWith(`${pk}\n`)).map(([, one]) => one)
    : [item];
  const text = JSON.stringify(beside);
  return live.find(
    ({ meetingId, externalMeetingId }) => text.includes(meetingId) || pk === `MEETING#${externalMeetingId}`,
  );
}
