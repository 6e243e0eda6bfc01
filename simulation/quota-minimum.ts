/** Chime's limits that no algorithm gets past: General Reference, "Amazon Chime SDK endpoints and quotas". */
export interface Limits {
  ratePerSecond: number;
  burst: number;
  seatsEach: number;
  seatsPerCall: number;
}

export const DEFAULTS: Limits = { ratePerSecond: 10, burst: 20, seatsEach: 250, seatsPerCall: 100 };

/** How many replicas an audience fills, and what it takes to open them with all their seats. */
export function callsFor(viewers: number, { seatsEach, seatsPerCall }: Limits) {
  const replicas = Math.ceil(viewers / seatsEach);
  return { createMeeting: replicas, batchCreateAttendee: replicas * Math.ceil(seatsEach / seatsPerCall) };
}

/**
 * The seconds until the last of so many calls of one operation may be made: (calls − burst) / rate. Nobody comes below it,
 * however fast they are; the answer's way is not even counted.
 */
export function quotaSeconds(calls: number, { ratePerSecond, burst }: Limits): number {
  return Math.max(0, calls - burst) / ratePerSecond;
}

/** The least that an unannounced crowd has to wait for its last seat: the slower of the two operations that it needs. */
export function minimumSeconds(viewers: number, limits: Limits = DEFAULTS): number {
  const { createMeeting, batchCreateAttendee } = callsFor(viewers, limits);
  return Math.max(quotaSeconds(createMeeting, limits), quotaSeconds(batchCreateAttendee, limits));
}
