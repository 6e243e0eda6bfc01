import type { Call } from '../call.ts';
import type { Trouble } from '../chime/trouble.ts';
import type { Lease, Topology } from '../domain/topology.ts';
import { note } from '../log.ts';
import { Refusal } from '../refusals.ts';
import { expirePrimaryClaim, unclaimPrimary } from '../store/primary-claims.ts';
import type { Claimed } from '../store/topology-writes.ts';
import { declined } from './turn.ts';

/** Whose work on the primary this is: the topology as it was read, and the claim that we won on it. */
export interface PrimaryWork {
  topology: Topology;
  lease: Lease;
  claimed: Claimed;
}

const LATER = { retryAfterMs: 1000 };
/** Nothing helps but a host who changes the options. */
const MUCH_LATER = { retryAfterMs: 5000 };
const REFUSED =
  'Chime refused to open a meeting with these tags, meetingFeatures and capabilities: change them.';

/** May the meeting exist at Chime? After a lost answer it may, and where somebody else set out before us. */
export function mayExist(claimed: Claimed, trouble: Trouble): boolean {
  return claimed === 'taken-over' || trouble === 'unknown' || trouble === 'conflict';
}

/**
 * The primary is not open, so nobody waits for us. A claim without effect is given up; any other is put down at once for
 * the next one to take over, in the media region that it names. What Chime refuses only a host can mend.
 */
export async function leaveUnopened(
  { topology, lease, claimed }: PrimaryWork,
  trouble: Trouble,
  call: Call,
): Promise<{ retryAfterMs: number }> {
  await (mayExist(claimed, trouble) ? expirePrimaryClaim : unclaimPrimary)(topology, lease);
  if (trouble === 'gone') throw declined(trouble);
  if (trouble !== 'refused') return LATER;
  note(call, { opening: REFUSED });
  if (call.caller.role === 'viewer') return MUCH_LATER;
  throw new Refusal('BAD_REQUEST', { detail: REFUSED });
}
