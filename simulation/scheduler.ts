import type { Chance } from './chance.ts';

/** One request to us, as its Lambda function works on it. */
export interface Process {
  id: string;
  /** Which of the processes that remember topologies serves it. */
  container: number;
  /** Out of time it answers, and its container is frozen; any other function is ended. */
  answersInTime: boolean;
  /** When its function is out of time, if it is still at work. */
  until: number;
  /** The higher goes first, where priorities decide. */
  priority: number;
  /** `answered`: the client was told that it is out of time; its code may go on when its container is thawed. */
  state: 'running' | 'answered' | 'over' | 'dead';
  /** Its container stands still: no answer reaches it, and no timer fires, before that is over. */
  frozen: boolean;
  onTimeUp: () => void;
  onDeath: () => void;
  /** Nothing of it can happen any more. */
  onBurial: () => void;
}

/** Something that may happen next. */
export interface Pending {
  process: Process | undefined;
  due: number;
  /** A request on its way: it arrives until then, or never. */
  lostAt?: number;
  /** Called where it never arrived and its sender may still learn of that. */
  onLoss?: () => void;
  /** It is on its way, and may arrive although its sender is frozen or dead. */
  isSent?: true;
  /** Nothing waits for it: where nothing else is left to happen, it does not happen either. */
  isIdle?: true;
  happen: () => void;
}

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

const isBlocked = ({ process, isSent }: Pending) => process?.frozen === true && !isSent;

/** Is anything left to happen that something waits for? */
export const hasWork = ({ pending }: Agenda) => pending.some((one) => !one.isIdle && !isBlocked(one));

/**
 * Take one of the things that may happen now. Where none may, time goes on to the next that will; nothing is taken
 * where that ended whoever it was for.
 */
export function takeNext(agenda: Agenda, chance: Chance, byPriority: boolean): Pending | undefined {
  const awaited = agenda.pending.filter((one) => !one.isIdle && !isBlocked(one));
  if (awaited.length === 0) return undefined;
  const earliest = awaited.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY);
  if (earliest > agenda.now) passTime(agenda, earliest - agenda.now);
  const ready = agenda.pending.filter((one) => one.due <= agenda.now && !isBlocked(one));
  if (ready.length === 0) return undefined;
  const isFree = !byPriority || chance.happens(0.1);
  const chosen = isFree ? chance.pick(ready) : ready.reduce(firstOf);
  if (chosen) agenda.pending.splice(agenda.pending.indexOf(chosen), 1);
  return chosen;
}

function firstOf(best: Pending, other: Pending): Pending {
  return (other.process?.priority ?? 0) > (best.process?.priority ?? 0) ? other : best;
}

/** Let time go on. Functions that run for too long are out of time; requests that are under way for too long get lost. */
export function passTime(agenda: Agenda, ms: number): void {
  agenda.now += ms;
  const processes = new Set(agenda.pending.map(({ process }) => process));
  for (const process of processes)
    if (process && isAtWork(process) && process.until < agenda.now) process.onTimeUp();
  const lost = agenda.pending.filter(({ lostAt = Number.POSITIVE_INFINITY }) => lostAt < agenda.now);
  for (const pending of lost) {
    drop(agenda, pending);
    if (pending.process?.state !== 'dead') pending.onLoss?.();
  }
}

const isAtWork = ({ state, frozen }: Process) => state === 'running' || (state === 'answered' && !frozen);

/** End a process at once. Those of its requests that `lingers` picks may arrive nevertheless, a little later. */
export function kill(agenda: Agenda, process: Process, lingers: () => boolean): void {
  process.state = 'dead';
  for (const pending of agenda.pending.filter((one) => one.process === process))
    if (!(pending.isSent && lingers())) drop(agenda, pending);
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
