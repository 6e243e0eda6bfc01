/** Seats per chunk of seat credentials: one read serves a join, and a chunk stays far below DynamoDB's 400 KB. */
export const CHUNK_SEATS = 25;
/** The most attendees that one BatchCreateAttendee creates, and that one page of ListAttendees holds. */
export const BATCH_SIZE = 100;
/** Seats of a replica, or places on stage, run short when less than this share of them is left. */
export const LAST_SHARE = 0.2;

/** The ExternalUserId of a seat's attendee. No client sees it: viewers of a replica are invisible to all others. */
export function seatName(seat: number): string {
  return `seat-${String(seat).padStart(4, '0')}`;
}

/** The number of the seat whose attendee has this ExternalUserId. */
export function seatOf(externalUserId: string): number | undefined {
  const digits = /^seat-(\d{4,})$/.exec(externalUserId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Which chunk of the seat credentials holds this seat. */
export function chunkOf(seat: number): number {
  return Math.floor(seat / CHUNK_SEATS);
}

/** Whether a ticket of a replica can be drawn: one of a seat that is not sold yet, or one that was returned. */
export function canDraw({
  taken,
  minted,
  returned,
}: {
  taken: number;
  minted: number;
  returned: ReadonlySet<number>;
}): boolean {
  return taken < minted || returned.size > 0;
}

/** Splits a list into runs of at most `size`, in order. */
export function runs<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, k) =>
    list.slice(k * size, (k + 1) * size),
  );
}

/**
 * Whether the drawer of this ticket opens the next replica. Tickets are unique, so exactly one crosses the mark, and one more
 * each time that seats are added behind the last (`minted` counts those too, `capacity` does not).
 */
export function crossesSoftMark(ticket: number, minted: number, capacity = minted): boolean {
  return ticket === minted - Math.max(1, Math.ceil(capacity * LAST_SHARE));
}
