import type { Seats } from '../../domain/placement/evacuation.ts';
import { type SeatCount, seated } from '../../store/replica/seats.ts';

/** The held and the free seats of these counts. */
export function seatsIn(counts: ReadonlyMap<number, SeatCount>): Map<number, Seats> {
  const entries = [...counts].map(
    ([ordinal, count]) =>
      [ordinal, { held: seated(count), free: count.minted - count.taken + count.returned }] as const,
  );
  return new Map(entries);
}
