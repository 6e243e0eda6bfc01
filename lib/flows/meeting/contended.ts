import { Refusal } from '../../refusals.ts';

/** Refuse a change of a name that other requests kept changing. */
export function refuseContended(): never {
  throw new Refusal('UPSTREAM_UNAVAILABLE', { detail: 'Other requests are changing this meeting.' });
}
