import type { MapEvent } from './events.ts';

const QUIET_MS = 4000;

/**
 * Announces loud changes to screen readers, at most every few seconds. Changes in between are announced together; of too
 * many, only the last ones.
 */
export function newsIn(region: Element, quietMs = QUIET_MS) {
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const speak = () => {
    timer = undefined;
    if (waiting.length === 0) return;
    region.textContent = waiting.slice(-3).join(' ');
    waiting = [];
    timer = setTimeout(speak, quietMs);
  };
  return (events: readonly MapEvent[]) => {
    waiting.push(...events.filter(({ isLoud }) => isLoud).map(({ words }) => words));
    if (!timer) speak();
  };
}
