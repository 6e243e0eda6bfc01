import { createHash } from 'node:crypto';
import { BATCH_SIZE } from '../meeting/seats.ts';
import { beingOpened, type Topology } from '../meeting/topology.ts';

/** What Chime allows, and what a replica takes of it. */
export interface Pace {
  seatsEach: number;
  burst: number;
  ratePerSecond: number;
}

/** What opening a replica takes when nothing is in the way: about three calls to Chime, one after another (ms). */
const OPENING_MS = 400;

/**
 * Does this viewer stand for the others who wait? One in as many as a replica seats does, so that a crowd opens about as
 * many replicas at once as it needs, though nobody counts it. It is the same viewer however often they ask, and another
 * one in each epoch.
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

/** How many replicas may be on their way at once: as many as the burst of the quota mints. More would stand in line. */
export function openingsAtOnce({ seatsEach, burst }: Pace): number {
  return Math.max(1, Math.floor(burst / callsEach(seatsEach)));
}

/**
 * How long a viewer should wait for one of the replicas that are being opened: which of them, is drawn by lot, and each
 * needs its turns at the quota. So those who wait come back as the seats do, not all at once (ms).
 */
export function waitMs(
  topology: Topology,
  pace: Pace,
  { now, random: draw }: { now: number; random: number },
): number {
  const opening = beingOpened(topology, now).length;
  const eachMs = (callsEach(pace.seatsEach) * 1000) / pace.ratePerSecond;
  return Math.round(OPENING_MS + draw * Math.max(1, opening) * eachMs);
}

const callsEach = (seats: number) => Math.ceil(seats / BATCH_SIZE);
