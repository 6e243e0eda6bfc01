import type { Ask } from './ask.ts';
import { type AudienceName, homesOf } from './audiences.ts';
import { join, leave, newViewer, type Outcome, type Viewer } from './viewer.ts';

/** How many requests of one crowd run at once: this machine serves them all. */
const AT_ONCE = 24;

/** The crowd that is wanted. */
export interface Target {
  name: AudienceName;
  viewers: number;
}

/** Simulated viewers, each of whom moves towards the wanted state. Idle once all have reached it. */
export type Crowd = ReturnType<typeof createCrowd>;

/** Creates an empty crowd for one meeting. Closing it drops every remaining step. */
export function createCrowd(ask: Ask) {
  const audiences = new Map<AudienceName, Viewer[]>();
  const refusals: Record<string, number> = {};
  const queue: Viewer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let target: Target = { name: 'world', viewers: 0 };
  let underWay = 0;
  let isClosed = false;

  const allViewers = () => [...audiences.values()].flat();
  const isWanted = ({ audience, index }: Viewer) => audience === target.name && index < target.viewers;
  const isSettled = (viewer: Viewer) => isWanted(viewer) === Boolean(viewer.seat);

  function enqueue(viewer: Viewer) {
    if (viewer.isDue || isSettled(viewer)) return;
    viewer.isDue = true;
    queue.push(viewer);
  }
  function work() {
    while (underWay < AT_ONCE && queue.length > 0 && !isClosed) {
      underWay += 1;
      void advance(queue.shift() as Viewer);
    }
  }
  async function advance(viewer: Viewer) {
    const outcome = isSettled(viewer) ? 'settled' : await (isWanted(viewer) ? join : leave)(viewer, ask);
    underWay -= 1;
    viewer.isDue = false;
    if (outcome === 'settled') enqueue(viewer);
    else retryLater(viewer, outcome);
    work();
  }
  function retryLater(viewer: Viewer, { againAfterMs, refusal }: Exclude<Outcome, 'settled'>) {
    if (refusal) refusals[refusal] = (refusals[refusal] ?? 0) + 1;
    if (isClosed) return;
    viewer.isDue = true;
    const timer = setTimeout(() => {
      timers.delete(timer);
      queue.push(viewer);
      work();
    }, againAfterMs);
    timers.add(timer);
  }

  return {
    refusals,
    allViewers,
    isWanted,
    target: () => target,
    /** Makes surplus viewers leave and missing viewers join. */
    become: (next: Target) => {
      target = next;
      grow(audiences, next);
      for (const viewer of allViewers()) enqueue(viewer);
      work();
    },
    /**
     * Tells the viewers which meetings live. A viewer whose meeting is not among them has lost the connection, and
     * joins again.
     */
    notice: (live: ReadonlySet<string>) => {
      for (const viewer of allViewers()) {
        if (viewer.seat && !live.has(viewer.seat.meetingId)) delete viewer.seat;
        enqueue(viewer);
      }
      work();
    },
    close: () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function grow(audiences: Map<AudienceName, Viewer[]>, { name, viewers }: Target) {
  const audience = audiences.get(name) ?? [];
  audiences.set(name, audience);
  const homes = audience.length < viewers ? homesOf(name, viewers) : [];
  for (const [index, home] of homes.entries())
    if (index >= audience.length) audience.push(newViewer(name, index, home));
}
