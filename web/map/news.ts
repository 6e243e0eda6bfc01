import type { MapEvent } from './events.ts';

const QUIET_MS = 4000;

/**
 * Tell those who listen only what is loud, and not more often than every few seconds: what happens meanwhile is told
 * together, the last of it when it is too much.
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
