import { createHash } from 'node:crypto';
import { BATCH_SIZE } from '../meeting/seats.ts';
import { beingOpened, type Topology } from '../meeting/topology.ts';
import { freeInMs } from './bucket.ts';

/** The quota that Chime allows, and what one replica uses of it. */
export interface Pace {
  seatsEach: number;
  burst: number;
  ratePerSecond: number;
}

/** How long opening a replica takes without contention: about three sequential calls to Chime (ms). */
const OPENING_MS = 400;

/**
 * Whether this viewer is the elected opener of a replica for the viewers who wait. A hash elects about one viewer per
 * `seatsEach`, so that a crowd opens about as many replicas as it needs without a shared counter. The result is stable across
 * a viewer's retries, and differs in each epoch.
 */
export function isElectedOpener(
  externalUserId: string,
  { incarnation, epoch }: Pick<Topology, 'incarnation' | 'epoch'>,
  seatsEach: number,
): boolean {
  const parts = JSON.stringify([incarnation, epoch, externalUserId]);
  const lot = createHash('sha256').update(parts).digest().readUInt32BE();
  return lot < 2 ** 32 / seatsEach;
}

/** How many replicas may be opened at once: as many as the quota's burst mints. More would wait for permits. */
export function openingsAtOnce({ seatsEach, burst }: Pace): number {
  return Math.max(1, Math.floor(burst / callsEach(seatsEach)));
}

/**
 * While a name's last claim has reserved the quota further ahead than this, its viewers open no other replica (milliseconds). It is long
 * enough that calls are always reserved ahead, and short enough that the first seats of another name that comes now are open within two
 * seconds, by the default quota.
 */
const AHEAD_MS = 1300;

/** How many replicas of a name may be opened at once for viewers who came, if the quota is reserved until `spokenUntil`. */
export function openingsForViewers(pace: Pace, spokenUntil: number, now: number): number {
  return freeInMs({ spokenUntil, rate: pace }, 1, now) > AHEAD_MS ? 0 : openingsAtOnce(pace);
}

/**
 * How long a viewer should wait for one of the replicas that are being opened (ms). Each replica needs its calls within the
 * quota, and the viewer waits for a random one of them. So waiting viewers return as seats appear, not all at once.
 */
export function waitMs(
  topology: Topology,
  pace: Pace,
  { now, random }: { now: number; random: number },
): number {
  const opening = beingOpened(topology, now).length;
  const eachMs = (callsEach(pace.seatsEach) * 1000) / pace.ratePerSecond;
  return Math.round(OPENING_MS + random * Math.max(1, opening) * eachMs);
}

/** How many calls mint the seats of one replica. */
export const callsEach = (seats: number) => Math.ceil(seats / BATCH_SIZE);
