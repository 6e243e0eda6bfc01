/** A scheduled callback, in the container that scheduled it. */
interface Due<Container> {
  at: number;
  order: number;
  container: Container | undefined;
  happen: () => void;
}

/** Virtual time in milliseconds. It stands still while code runs, then jumps to the next scheduled callback. */
export interface Clock<Container = unknown> {
  now: number;
  /** The container that runs now. Whatever is scheduled now belongs to it. */
  container: Container | undefined;
  /** Schedules a callback in a container, after some milliseconds. `undefined` is outside of all containers. */
  after: (ms: number, happen: () => void, container: Container | undefined) => void;
  /** Runs the next callback. False where none is left. */
  step: () => boolean;
}

/**
 * A clock with nothing scheduled. Callbacks of the same time run in the order in which they were scheduled. Before each, `enter`
 * is called with its container.
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

/** Replaces the first entry of the heap, and sifts it down. */
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
