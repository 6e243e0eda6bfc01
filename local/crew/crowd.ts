import type { Ask } from './ask.ts';
import { type AudienceName, homesOf } from './audiences.ts';
import { comeIn, goHome, newViewer, type Outcome, type Viewer } from './viewer.ts';

/** How many requests of one crowd run at once: this machine serves them all. */
const AT_ONCE = 24;

/** The crowd that is wanted. */
export interface Wish {
  name: AudienceName;
  viewers: number;
}

/** Simulated viewers, each of whom moves towards the wanted state. Idle once all have reached it. */
export type Crowd = ReturnType<typeof gather>;

/** Creates an empty crowd for one meeting. Closing it drops every remaining turn. */
export function gather(ask: Ask) {
  const casts = new Map<AudienceName, Viewer[]>();
  const refusals: Record<string, number> = {};
  const queue: Viewer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let wish: Wish = { name: 'world', viewers: 0 };
  let underWay = 0;
  let isClosed = false;

  const everybody = () => [...casts.values()].flat();
  const isWanted = ({ audience, index }: Viewer) => audience === wish.name && index < wish.viewers;
  const isSettled = (viewer: Viewer) => isWanted(viewer) === Boolean(viewer.seat);

  function line(viewer: Viewer) {
    if (viewer.isDue || isSettled(viewer)) return;
    viewer.isDue = true;
    queue.push(viewer);
  }
  function work() {
    while (underWay < AT_ONCE && queue.length > 0 && !isClosed) {
      underWay += 1;
      void turn(queue.shift() as Viewer);
    }
  }
  async function turn(viewer: Viewer) {
    const outcome = isSettled(viewer) ? 'settled' : await (isWanted(viewer) ? comeIn : goHome)(viewer, ask);
    underWay -= 1;
    viewer.isDue = false;
    if (outcome === 'settled') line(viewer);
    else comeAgain(viewer, outcome);
    work();
  }
  function comeAgain(viewer: Viewer, { againAfterMs, refusal }: Exclude<Outcome, 'settled'>) {
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
    everybody,
    isWanted,
    wish: () => wish,
    /** Makes surplus viewers leave and missing viewers join. */
    become: (next: Wish) => {
      wish = next;
      grow(casts, next);
      for (const viewer of everybody()) line(viewer);
      work();
    },
    /** Tells the viewers which meetings live. A viewer of another meeting lost the connection, and joins again. */
    notice: (live: ReadonlySet<string>) => {
      for (const viewer of everybody()) {
        if (viewer.seat && !live.has(viewer.seat.meetingId)) delete viewer.seat;
        line(viewer);
      }
      work();
    },
    close: () => {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function grow(casts: Map<AudienceName, Viewer[]>, { name, viewers }: Wish) {
  const cast = casts.get(name) ?? [];
  casts.set(name, cast);
  const homes = cast.length < viewers ? homesOf(name, viewers) : [];
  for (const [index, home] of homes.entries())
    if (index >= cast.length) cast.push(newViewer(name, index, home));
}
