import type { Chance } from './chance.ts';

/** One request to the service, while its Lambda function works on it. */
export interface Process {
  id: string;
  /** The index of the process that serves it; each has its own topology cache. */
  container: number;
  /** Whether the function answers when its time is over, and its container is frozen, as API functions do. Others are ended. */
  answersInTime: boolean;
  /** When the function's time is over. */
  until: number;
  /** The higher priority runs first, where priorities decide. */
  priority: number;
  /** `answered`: the client got a 503 because time was over. The code may go on when its container is thawed. */
  state: 'running' | 'answered' | 'over' | 'dead';
  /** The container is frozen: no response reaches the process, and no timer fires. */
  frozen: boolean;
  onTimeUp: () => void;
  onDeath: () => void;
  /** Called once the process can have no further effect. */
  onBurial: () => void;
}

/** An event that may happen next. */
export interface Pending {
  process: Process | undefined;
  due: number;
  /** A request under way: it arrives by then, or never. */
  lostAt?: number;
  /** Called if the request never arrived, and its sender may still learn of that. */
  onLoss?: () => void;
  /** The request is under way, and may arrive although its sender is frozen or dead. */
  isSent?: true;
  /** The event is optional: where no other event is left, it does not happen either. */
  isIdle?: true;
  happen: () => void;
}

/** The virtual time, and every event that may happen in it. */
export interface Agenda {
  now: number;
  pending: Pending[];
  /** The process that runs now. Whatever is scheduled now belongs to it. */
  current: Process | undefined;
}

export function createAgenda(now: number): Agenda {
  return { now, pending: [], current: undefined };
}

const isBlocked = ({ process, isSent }: Pending) => process?.frozen === true && !isSent;

/** Is an event left that a process waits for? */
export const hasWork = ({ pending }: Agenda) => pending.some((one) => !one.isIdle && !isBlocked(one));

/**
 * Takes one of the events that may happen now. If none may, the time advances to the next one. Returns nothing if the
 * process that the event was for has ended by then.
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

/** Advances the time. Functions that run too long are out of time. Requests that are under way too long get lost. */
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

/** Ends a process at once. Those of its requests that `lingers` picks may arrive nevertheless, a little later. */
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

/** Notes that a dead process can have no further effect, once that is so. */
export function buryIfDone(agenda: Agenda, process: Process): void {
  if (process.state !== 'dead' || agenda.pending.some((one) => one.process === process)) return;
  process.onBurial();
  process.onBurial = () => {};
}

/** Schedules an event after some time, unless its process is dead by then. */
export function later(agenda: Agenda, ms: number, happen: () => void): void {
  agenda.pending.push({ process: agenda.current, due: agenda.now + Math.ceil(ms), happen });
}
