import { CLOCK_SKEW_MS } from '../meeting/clocks.ts';
import type { Finding } from './finding.ts';

/**
 * How soon a name that is not calm is looked at again (milliseconds): a little less than the schedule's minute, so that no
 * pass skips it.
 */
export const EVERY_MS = 50_000;
/**
 * How long counts of a replica that changed may go without a comparison with the records, and so how soon a name with open replicas
 * is looked at again (milliseconds).
 */
export const COUNTED_FOR_MS = 90_000;
/** How long counts of a replica that did not change may go without a comparison with the records (milliseconds). */
export const COUNTED_AT_LEAST_MS = 1_800_000;
/** How soon a calm name is looked at again (milliseconds). */
export const CALM_MS = 300_000;
/**
 * How soon a primary that nothing proved alive is checked at Chime (milliseconds): a little less than two minutes, so that the second
 * pass does it.
 */
export const CHECK_MS = 110_000;

/**
 * A look that began less than this ago may be missing in the records of a screening, which may be a second old by a clock that
 * differs (milliseconds).
 */
const READ_BEFORE_MS = CLOCK_SKEW_MS + 1000;

/** What the list says of a name, and what its records tell. */
export interface Screened {
  externalMeetingId: string;
  reconcileAt: number;
  lookedAt?: number;
  calmUntil?: number;
  isTaken: boolean;
  finding: Finding;
  /** When its primary was last seen alive (`provenAliveAt`). Absent if none is open. */
  provenAt?: number;
}

/** What one pass does, each list in its order. */
export interface Agenda<Name> {
  /** Names in trouble. */
  urgent: Name[];
  /** Other names to look at. */
  looks: Name[];
  /** Names without trouble whose primary is checked at Chime. */
  checks: Name[];
}

/**
 * What to do now:
 * 1. Names in trouble are looked at, the one whose last look is the longest ago first: their records show something to repair,
 *    another write made them due before the last look planned it, or a look at them did not end.
 * 2. The other names that are due are looked at. A name in doubt is due a minute after its last look.
 * 3. Primaries that nothing proved alive for two minutes are checked.
 *
 * In 2 and 3 the name whose primary was proven alive the longest ago goes first, because it is the likeliest to be dead; a look that
 * is long overdue counts too. Chime counts the calls of a look and of a check separately. So if more names are due than a pass can
 * look at (`capacity`), half of those whose turn it is are only checked: those that were looked at last. A name at which another pass is looking is left out.
 */
export function agendaOf<Name extends Screened>(
  names: readonly Name[],
  { now, capacity }: { now: number; capacity: number },
): Agenda<Name> {
  const free = names.filter(({ isTaken, reconcileAt }) => !isTaken || reconcileAt <= now);
  const urgent = free.filter((name) => isUrgent(name, now)).toSorted(byLook);
  const isLookDue = (name: Name) => dueAt(name) <= now;
  const waiting = free
    .filter((name) => !isUrgent(name, now) && (isLookDue(name) || isCheckDue(name, now)))
    .toSorted((a, b) => waitingSince(a, now) - waitingSince(b, now));
  const due = waiting.filter(isLookDue);
  if (due.length <= capacity)
    return { urgent, looks: due, checks: waiting.filter((name) => !isLookDue(name)) };
  const turn = waiting.slice(0, 2 * capacity);
  const looked = new Set(turn.filter(isLookDue).toSorted(byLook).slice(0, capacity));
  const rest = waiting.slice(2 * capacity);
  const isLooked = (name: Name) => looked.has(name) || name.provenAt === undefined;
  return {
    urgent,
    looks: [...turn.filter(isLooked), ...rest.filter(isLookDue)],
    checks: [...turn, ...rest].filter((name) => !isLooked(name) && isCheckDue(name, now)),
  };
}

function byLook(a: Screened, b: Screened): number {
  return (a.lookedAt ?? 0) - (b.lookedAt ?? 0);
}

function isUrgent(name: Screened, now: number): boolean {
  const { reconcileAt, lookedAt, calmUntil, isTaken, finding } = name;
  const isDue = reconcileAt <= now;
  if (finding === 'trouble') return isDue || now - (lookedAt ?? 0) >= READ_BEFORE_MS;
  const wasPutForward = calmUntil !== undefined && reconcileAt !== calmUntil;
  return isDue && (isTaken || wasPutForward || finding === 'unfinished');
}

/** A name that was never looked at is due at the end of the lease under which its primary was opened. */
export function dueAt({
  reconcileAt,
  lookedAt,
  finding,
}: Pick<Screened, 'reconcileAt' | 'lookedAt' | 'finding'>): number {
  if (finding !== 'doubt' || lookedAt === undefined) return reconcileAt;
  return Math.min(reconcileAt, lookedAt + EVERY_MS);
}

function isCheckDue({ provenAt }: Screened, now: number): boolean {
  return provenAt !== undefined && now - provenAt >= CHECK_MS;
}

/**
 * The order of names without trouble. A look that is overdue counts half, so that a name whose proofs never grow old, as those of a
 * name with many joins, has its turn too.
 */
function waitingSince(name: Screened, now: number): number {
  return Math.min(oldestProof(name), (now + dueAt(name)) / 2);
}

/** The order of names without trouble. A name in doubt goes before calm ones that were proven alive a minute earlier. */
function oldestProof(name: Screened): number {
  const { provenAt, finding } = name;
  if (provenAt === undefined) return dueAt(name);
  return provenAt + (finding === 'doubt' ? EVERY_MS : CHECK_MS);
}
