import { say, type World } from './world.ts';

/** DynamoDB deletes an item at any time after it expires: some go now, others later. */
export function deleteExpired(world: World): void {
  const { agenda, chance, dynamo, plan } = world;
  if (!plan.kinds.has('ttl')) return;
  const isExpired = (expiresAt: unknown) => Number(expiresAt ?? Number.POSITIVE_INFINITY) * 1000 < agenda.now;
  for (const [key, item] of dynamo.table.items) {
    if (!isExpired(item.expiresAt?.N) || chance.fate.happens(0.4)) continue;
    say(world, `${key.replace('\n', ' ')} expires`);
    dynamo.table.items.delete(key);
  }
}
