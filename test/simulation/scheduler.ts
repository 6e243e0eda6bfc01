import type { Chance } from './chance.ts';

/** One request to us, as its Lambda function works on it. */
export interface Process {
  id: string;
  /** Which of the processes that remember topologies serves it. */
  container: number;
  /** When its function is ended, if it is still at work. */
  until: number;
  /** The higher goes first, where priorities decide. */
  priority: number;
  state: 'running' | 'over' | 'dead';
  onDeath: () => void;
  /** Nothing of it can happen any more. */
  onBurial: () => void;
}

/** Something that may happen next. */
export interface Pending {
  process: Process | undefined;
  due: number;
  /** A request of somebody dead, on its way still: it may arrive, until then. */
  lostAt?: number;
  /** It is on its way, and may arrive although whoever sent it is dead. */
  isSent?: true;
  happen: () => void;
}

/** A dead function's last requests may arrive within this time, and its lease is longer than both (milliseconds). */
const AFTERLIFE_MS = 3000;

/** The virtual time, and everything that may happen in it. */
export interface Agenda {
  now: number;
  pending: Pending[];
  /** Whose turn it is: whatever is asked for now, it asks. */
  current: Process | undefined;
}

export function createAgenda(now: number): Agenda {
  return { now, pending: [], current: undefined };
}

/**
 * Take one of the things that may happen now. Where none may, time goes on to the next that will; nothing is taken
 * where that ended whoever it was for.
 */
export function takeNext(agenda: Agenda, chance: Chance, byPriority: boolean): Pending | undefined {
  if (agenda.pending.length === 0) return undefined;
  const earliest = Math.min(...agenda.pending.map(({ due }) => due));
  if (earliest > agenda.now) passTime(agenda, earliest - agenda.now);
  const ready = agenda.pending.filter(({ due }) => due <= agenda.now);
  if (ready.length === 0) return undefined;
  const isFree = !byPriority || chance.happens(0.1);
  const chosen = isFree ? chance.pick(ready) : ready.reduce(firstOf);
  if (chosen) agenda.pending.splice(agenda.pending.indexOf(chosen), 1);
  return chosen;
}

function firstOf(best: Pending, other: Pending): Pending {
  return (other.process?.priority ?? 0) > (best.process?.priority ?? 0) ? other : best;
}

/** Let time go on. Functions that run for too long are ended; the requests of the dead get lost. */
export function passTime(agenda: Agenda, ms: number): void {
  agenda.now += ms;
  const running = new Set(agenda.pending.map(({ process }) => process));
  for (const process of running)
    if (process?.state === 'running' && process.until < agenda.now) kill(agenda, process, () => false);
  const lost = agenda.pending.filter(({ lostAt = Number.POSITIVE_INFINITY }) => lostAt < agenda.now);
  for (const pending of lost) drop(agenda, pending);
}

/** End a process at once. Those of its requests that `lingers` picks may arrive nevertheless, a little later. */
export function kill(agenda: Agenda, process: Process, lingers: () => boolean): void {
  process.state = 'dead';
  for (const pending of agenda.pending.filter((one) => one.process === process)) {
    if (pending.isSent && lingers()) pending.lostAt = agenda.now + AFTERLIFE_MS;
    else drop(agenda, pending);
  }
  process.onDeath();
  buryIfDone(agenda, process);
}

function drop(agenda: Agenda, pending: Pending): void {
  agenda.pending.splice(agenda.pending.indexOf(pending), 1);
  if (pending.process) buryIfDone(agenda, pending.process);
}

/** Note that nothing is left of somebody dead, once that is so. */
export function buryIfDone(agenda: Agenda, process: Process): void {
  if (process.state !== 'dead' || agenda.pending.some((one) => one.process === process)) return;
  process.onBurial();
  process.onBurial = () => {};
}

/** Let something happen after some time, unless its process is dead by then. */
export function later(agenda: Agenda, ms: number, happen: () => void): void {
  agenda.pending.push({ process: agenda.current, due: agenda.now + Math.ceil(ms), happen });
}
