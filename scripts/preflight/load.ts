/** An audience, and how it comes. */
export interface Audience {
  /** Viewers by the media region that they are nearest to. */
  viewers: Record<string, number>;
  /** Everybody comes within so many seconds. */
  withinSeconds: number;
  /** Whether the meeting has FHD video or UHD content: each Chime meeting then takes 25 people instead of 250. */
  isHighDefinition: boolean;
  /** Whether seats are opened before they come: `PUT /meetings/{externalMeetingId}/seats`. */
  isAnnounced: boolean;
}

/** What seating one viewer takes: docs/performance.md, a crowd of ten thousand. */
const ANNOUNCED = { requests: 1, reads: 3.3, writes: 3.2 };
const UNANNOUNCED = { requests: 4.8, reads: 9.7, writes: 4 };
const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

/** Share an audience out evenly; whoever is left over goes to the first. */
export function sharedOut(viewers: number, mediaRegions: string[]): Record<string, number> {
  const share = Math.floor(viewers / mediaRegions.length);
  const left = viewers - share * mediaRegions.length;
  return Object.fromEntries(mediaRegions.map((name, n) => [name, share + (n < left ? 1 : 0)]));
}

/** What comes in a second. Where seats are still being opened, people ask again until they are. */
export interface Load {
  firsts: number;
  requests: number;
  reads: number;
  writes: number;
}

/** The load of an audience, whose seats take so many seconds to open. Nobody asks for less because they must wait. */
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
