/** Something that happens at a time, in the container that asked for it. */
interface Due<Container> {
  at: number;
  order: number;
  container: Container | undefined;
  happen: () => void;
}

/** Virtual time in milliseconds. It stands still while code runs, and goes on to whatever is due next. */
export interface Clock<Container = unknown> {
  now: number;
  /** Whose turn it is: what is asked for now, it asks. */
  container: Container | undefined;
  /** Let something happen after some milliseconds, in this container; undefined is outside of all. */
  after: (ms: number, happen: () => void, container: Container | undefined) => void;
  /** Let the next thing happen; false where nothing is left. */
  step: () => boolean;
}

/**
 * A clock with nothing to do. Things due at one time happen in the order in which they were asked for; before each,
 * `enter` hears whose turn it is.
 */
export function createClock<Container>(
  start: number,
  enter: (container: Container | undefined) => void = () => {},
): Clock<Container> {
  const heap: Due<Container>[] = [];
  let order = 0;
  const clock: Clock<Container> = {
    now: start,
    container: undefined,
    after: (ms, happen, container) => {
      push(heap, { at: clock.now + Math.max(0, ms), order: order++, container, happen });
    },
    step: () => {
      const next = pop(heap);
      if (!next) return false;
      clock.now = next.at;
      clock.container = next.container;
      enter(next.container);
      next.happen();
      return true;
    },
  };
  return clock;
}

type Heap = { at: number; order: number }[];
const isBefore = (one: Heap[number], other: Heap[number]) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

function push<T extends Heap[number]>(heap: T[], due: T): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isBefore(due, heap[parent] as T)) break;
    heap[at] = heap[parent] as T;
    at = parent;
  }
  heap[at] = due;
}

function pop<T extends Heap[number]>(heap: T[]): T | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return first;
  sink(heap, last);
  return first;
}

/** Put one in the place of the first, and let it down to where it belongs. */
function sink<T extends Heap[number]>(heap: T[], due: T): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as T, heap[child] as T)) child++;
    if (child >= heap.length || !isBefore(heap[child] as T, due)) break;
    heap[at] = heap[child] as T;
    at = child;
  }
  heap[at] = due;
}
