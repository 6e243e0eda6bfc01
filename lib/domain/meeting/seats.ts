/** Seats to a roll chunk: one read answers a join, and a chunk stays far below DynamoDB's 400 KB. */
export const CHUNK_SEATS = 25;
/** The most attendees that one BatchCreateAttendee makes, and that one page of ListAttendees holds. */
export const BATCH_SIZE = 100;
/** When this share of a replica's seats is left, the next replica is opened, ahead of need. */
const LAST_SHARE = 0.2;

/** The ExternalUserId of a seat's attendee. Nobody sees it: viewers of a replica are invisible to all others. */
export function seatName(seat: number): string {
  return `seat-${String(seat).padStart(4, '0')}`;
}

/** The number of the seat whose attendee has this ExternalUserId. */
export function seatOf(externalUserId: string): number | undefined {
  const digits = /^seat-(\d{4,})$/.exec(externalUserId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Which chunk of the roll holds this seat. */
export function chunkOf(seat: number): number {
  return Math.floor(seat / CHUNK_SEATS);
}

/** Cut a list into runs of at most `size`, in order. */
export function runs<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, k) =>
    list.slice(k * size, (k + 1) * size),
  );
}

/**
 * Is this the one ticket whose drawer opens the next replica? Tickets are unique, so exactly one is; and one more each
 * time that seats are added behind the last (`minted` counts those too, `capacity` does not).
 */
export function crossesSoftMark(ticket: number, minted: number, capacity = minted): boolean {
  return ticket === minted - Math.max(1, Math.ceil(capacity * LAST_SHARE));
}
