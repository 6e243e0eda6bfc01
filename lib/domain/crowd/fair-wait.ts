/** What a name said of itself when it last reserved permits for a replica. */
export interface Competitor {
  /** Its replicas, with the one that the permits were for. */
  replicas: number;
  /** When it reserved them (milliseconds since the Unix epoch). */
  at: number;
}

/** The names of one account that open replicas. */
export type Competitors = Readonly<Record<string, Competitor>>;

/** A name that reserved permits within this time is still opening replicas (milliseconds). */
const COMPETES_MS = 4000;
/** How many names are recorded at most. A quota that serves more of them at once needs no fairness. */
const MOST_COMPETITORS = 100;
/**
 * How long a name with as few replicas as any other waits for permits (milliseconds). It is long enough that calls are always
 * reserved ahead, and short enough that a name that comes now does not wait long.
 */
const FEWEST_MS = 500;
/** How long one with more replicas waits: it takes what the others leave. */
const MORE_MS = 200;

/** The names that compete with this one for permits. */
export function competing(names: Competitors, { own, now }: { own: string; now: number }): Competitor[] {
  return Object.entries(names)
    .filter(([name, { at }]) => name !== own && at > now - COMPETES_MS)
    .map(([, competitor]) => competitor);
}

/** The recorded names that compete no more. */
export function pastCompetitors(names: Competitors, now: number): string[] {
  return Object.keys(names).filter((name) => (names[name]?.at ?? 0) <= now - COMPETES_MS);
}

/** Whether another name can be recorded. */
export const hasRoom = (names: Competitors): boolean => Object.keys(names).length < MOST_COMPETITORS;

/**
 * How long a name may wait for the permits of another replica (milliseconds). A name that opens replicas alone waits as long as it
 * likes, so no permit is unused. Among several, those with the fewest replicas go first: they may reserve permits far ahead, and
 * the further, the more replicas another name has. The others take a permit only if nearly none is reserved ahead. So no name
 * reserves time that one with fewer replicas will want.
 */
export function fairWaitMs(
  replicas: number,
  others: readonly Competitor[],
  { replicaMs, maxWaitMs }: { replicaMs: number; maxWaitMs: number },
): number {
  if (others.length === 0) return maxWaitMs;
  const counts = others.map((other) => other.replicas);
  const behind = Math.max(...counts) - replicas;
  const fair = replicas > Math.min(...counts) ? MORE_MS : FEWEST_MS + Math.max(0, behind) * replicaMs;
  return Math.min(maxWaitMs, fair);
}
