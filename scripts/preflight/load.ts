/** An audience, and how it arrives. */
export interface Audience {
  /** Viewers by their nearest media region. */
  viewers: Record<string, number>;
  /** All viewers arrive within this many seconds. */
  withinSeconds: number;
  /** Whether the meeting has FHD video or UHD content: each Chime meeting then takes 25 people instead of 250. */
  isHighDefinition: boolean;
  /** Whether seats are opened before the audience arrives: `PUT /meetings/{externalMeetingId}/seats`. */
  isAnnounced: boolean;
}

/**
 * The cost of seating one viewer: requests to the API, and DynamoDB's read and write units. The figures are from
 * docs/performance.md, a crowd of ten thousand. Announced: the host has opened the seats ahead (`PUT …/seats`).
 */
const ANNOUNCED = { requests: 1, reads: 3.3, writes: 3.2 };
const UNANNOUNCED = { requests: 4.8, reads: 9.7, writes: 4 };
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

/** Divides an audience evenly; the remainder goes to the first regions. */
export function sharedOut(viewers: number, mediaRegions: string[]): Record<string, number> {
  const share = Math.floor(viewers / mediaRegions.length);
  const left = viewers - share * mediaRegions.length;
  return Object.fromEntries(mediaRegions.map((name, n) => [name, share + (n < left ? 1 : 0)]));
}

/** The load per second. While seats are being opened, viewers retry. */
export interface Load {
  firsts: number;
  requests: number;
  reads: number;
  writes: number;
}

/**
 * The load of an audience whose seats take this many seconds to open. The viewers of an unannounced audience wait and
 * retry meanwhile, which adds requests.
 */
export function loadOf({ viewers, withinSeconds, isAnnounced }: Audience, opening: number): Load {
  const total = sum(Object.values(viewers));
  const each = (name: keyof typeof ANNOUNCED) => {
    const seated = (ANNOUNCED[name] * total) / withinSeconds;
    const more = UNANNOUNCED[name] - ANNOUNCED[name];
    const waiting = (more * total) / Math.max(withinSeconds, opening);
    return Math.ceil(isAnnounced ? seated : seated + waiting);
  };
  const firsts = Math.ceil(total / withinSeconds);
  return { firsts, requests: each('requests'), reads: each('reads'), writes: each('writes') };
}
