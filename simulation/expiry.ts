import type { Item } from './dynamodb/values.ts';
import { say, type World } from './world.ts';

/** DynamoDB deletes an item at any time after it expires: this deletes some of them now. */
export function deleteExpired(world: World): void {
  const { agenda, chance, dynamo, plan } = world;
  if (!plan.kinds.has('ttl')) return;
  for (const [key, item] of dynamo.table.items) {
    if (!isExpired(item, agenda.now) || chance.fate.happens(0.4)) continue;
    say(world, `${key.replace('\n', ' ')} expires`);
    dynamo.table.items.delete(key);
    const name = /^MEETING#(.*)\n/.exec(key)?.[1];
    if (name) world.forgotten.set(name, world.step);
  }
}

export const isExpired = ({ expiresAt }: Item, now: number) =>
  Number(expiresAt?.N ?? Number.POSITIVE_INFINITY) * 1000 < now;
