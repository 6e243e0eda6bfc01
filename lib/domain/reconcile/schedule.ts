import { CLOCK_SKEW_MS } from '../meeting/clocks.ts';
import type { Finding } from './finding.ts';

/**
 * How soon a name that is not calm is looked at again (milliseconds): a little less than the schedule's minute, so that no
 * pass skips it.
 */
export const EVERY_MS = 50_000;
/**
 * How long the counts of a replica may go without a comparison with the records, and so how soon a name with open replicas is
 * looked at again (milliseconds).
 */
export const COUNTED_FOR_MS = 90_000;
/** How soon a calm name is looked at again, and Chime asked whether its meetings live (milliseconds). */
export const CALM_MS = 300_000;

/**
 * A look that ended less than this ago may be missing in the records of a screening, which may be a second old by a clock that
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
}

/**
 * The names to look at now, in their order:
 * 1. Names in trouble, the one whose last look is the longest ago first: their records show something to repair, another write
 *    made them due before the last look planned it, or a look at them did not end.
 * 2. The other names that are due, the longest overdue first. A name in doubt is due a minute after its last look.
 *
 * So where the time of a pass or Chime's quota does not suffice for all, only names without trouble wait longer. A name at
 * which another pass is looking is left out.
 */
export function inOrder<Name extends Screened>(names: readonly Name[], now: number): Name[] {
  const free = names.filter(({ isTaken, reconcileAt }) => !isTaken || reconcileAt <= now);
  const urgent = free.filter((name) => isUrgent(name, now));
  const others = free.filter((name) => !isUrgent(name, now) && dueAt(name) <= now);
  return [
    ...urgent.toSorted((a, b) => (a.lookedAt ?? 0) - (b.lookedAt ?? 0)),
    ...others.toSorted((a, b) => dueAt(a) - dueAt(b)),
  ];
}

function isUrgent(name: Screened, now: number): boolean {
  const { reconcileAt, lookedAt, calmUntil, isTaken, finding } = name;
  const isDue = reconcileAt <= now;
  if (finding === 'trouble') return isDue || now - (lookedAt ?? 0) >= READ_BEFORE_MS;
  const wasPutForward = calmUntil !== undefined && reconcileAt !== calmUntil;
  return isDue && (isTaken || wasPutForward || finding === 'unfinished');
}

/** A name that was never looked at is due at the end of the lease under which its primary was opened. */
function dueAt({ reconcileAt, lookedAt, finding }: Screened): number {
  if (finding !== 'doubt' || lookedAt === undefined) return reconcileAt;
  return Math.min(reconcileAt, lookedAt + EVERY_MS);
}
