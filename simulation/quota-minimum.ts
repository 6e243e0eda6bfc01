/** Chime quotas that bound every algorithm: General Reference, "Amazon Chime SDK endpoints and quotas". */
export interface Limits {
  ratePerSecond: number;
  burst: number;
  seatsEach: number;
  seatsPerCall: number;
}

export const DEFAULTS: Limits = { ratePerSecond: 10, burst: 20, seatsEach: 250, seatsPerCall: 100 };

/** How many replicas an audience fills, and the calls that open them with all their seats. */
export function callsFor(viewers: number, { seatsEach, seatsPerCall }: Limits) {
  const replicas = Math.ceil(viewers / seatsEach);
  return { createMeeting: replicas, batchCreateAttendee: replicas * Math.ceil(seatsEach / seatsPerCall) };
}

/**
 * The seconds until the last of this many calls of one operation may be made: (calls − burst) / rate. This is a lower bound for
 * every client. It does not include the way of the response.
 */
export function quotaSeconds(calls: number, { ratePerSecond, burst }: Limits): number {
  return Math.max(0, calls - burst) / ratePerSecond;
}

/** The least time until an unannounced crowd has its last seat: the slower of the two operations that it needs. */
export function minimumSeconds(viewers: number, limits: Limits = DEFAULTS): number {
  const { createMeeting, batchCreateAttendee } = callsFor(viewers, limits);
  return Math.max(quotaSeconds(createMeeting, limits), quotaSeconds(batchCreateAttendee, limits));
}
