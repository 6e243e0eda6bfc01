import { MEDIA_REGIONS, type MediaRegion } from '../../../lib/domain/geo/media-regions.ts';
import { type ReplicaKey, seatsKey } from '../../../lib/store/keys.ts';
import { countRetired } from '../../../lib/store/replica/retired-tickets.ts';
import {
  finishGrowth,
  type Growth,
  noteLeakCandidates,
  readCounts,
  takeGrowth,
} from '../../../lib/store/replica/seat-books.ts';
import { markAway, openSeats } from '../../../lib/store/replica/seats.ts';
import { drawTicket } from '../../../lib/store/replica/tickets.ts';
import { itemBytes } from '../../../simulation/deployment/item-size.ts';
import type { Item } from '../../../simulation/dynamodb/values.ts';
import { useMemoryTable } from '../in-memory.ts';
import { leaseOf, NOW } from '../support.ts';

const memory = useMemoryTable();
const CAPACITY = 250;
const ROUNDS = 12;
const REPLICA: ReplicaKey = { externalMeetingId: 'churn', incarnation: 'first', epoch: 1, ordinal: 0 };
const { pk } = seatsKey(REPLICA);

const bytes = () => itemBytes([...memory.table().items.values()].find((item) => item.pk?.S === pk) as Item);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

async function grow(): Promise<void> {
  const growth = (await takeGrowth(REPLICA, leaseOf('reconcile'), NOW)) as Growth;
  await finishGrowth(REPLICA, growth, CAPACITY);
}

describe('the item with the counts of a replica of 250 seats', () => {
  it('stays below 1 KB while viewers from all media regions draw its tickets, so a draw costs one write unit', async () => {
    await openSeats(REPLICA, { minted: CAPACITY, fence: 1 }, NOW);
    for (const [ticket, from] of range(0, CAPACITY).map(
      (k) => [k, MEDIA_REGIONS[k % MEDIA_REGIONS.length]] as const,
    ))
      await drawTicket(REPLICA, from as MediaRegion, `a-request-whose-name-is-long/${ticket}`);
    expect(bytes()).toBeLessThan(1024);
  });

  it('stays below 4 KB, at its largest, however many thousands of its seats are replaced', async () => {
    await openSeats(REPLICA, { minted: CAPACITY, fence: 1 }, NOW);
    const sizes: number[] = [];
    for (let from = 0; from < ROUNDS * CAPACITY; from += CAPACITY) {
      const tickets = range(from, from + CAPACITY);
      for (const ticket of tickets)
        await drawTicket(REPLICA, 'eu-west-1', `a-request-whose-name-is-long/${ticket}`);
      for (const ticket of tickets) await markAway(REPLICA, ticket);
      await noteLeakCandidates(REPLICA, tickets, NOW);
      for (const ticket of tickets) {
        sizes.push(bytes());
        await countRetired(REPLICA, ticket);
      }
      await grow();
    }
    const all = ROUNDS * CAPACITY;
    expect(await readCounts(REPLICA)).toMatchObject({ taken: all, minted: all + CAPACITY, vacated: all });
    expect(Math.max(...sizes)).toBeLessThan(4096);
  });
});
