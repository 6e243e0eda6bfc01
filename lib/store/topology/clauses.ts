import type { Lease, Topology } from '../../domain/meeting/topology.ts';
import { all, type Clause } from '../conditions.ts';

/** The topology is still in the epoch that was read. */
export const sameEpoch = ({ epoch }: Pick<Topology, 'epoch'>): Clause => ({
  expression: 'epoch = :epoch',
  values: { ':epoch': epoch },
});

export const notEnded: Clause = {
  expression: '#status <> :ended',
  names: { '#status': 'status' },
  values: { ':ended': 'ended' },
};

export const isEnded: Clause = { ...notEnded, expression: '#status = :ended' };

/** The primary is this Chime meeting. */
export const primaryIs = (meetingId: string | undefined): Clause => ({
  expression: '#primary.Meeting.MeetingId = :primaryId',
  names: { '#primary': 'primary' },
  values: { ':primaryId': meetingId },
});

/** The primary is the one that was read. */
export const primaryAsRead = ({ primary }: Topology): Clause => primaryIs(primary?.Meeting?.MeetingId);

export const primaryIsClaimed: Clause = {
  expression: '#primary.#state = :claimed',
  names: { '#primary': 'primary', '#state': 'state' },
  values: { ':claimed': 'claimed' },
};

/** The claim on the primary is held under this lease. */
export const primaryClaimIsOurs = ({ owner }: Lease): Clause =>
  all(primaryIsClaimed, {
    expression: '#primary.lease.#owner = :owner',
    names: { '#owner': 'owner' },
    values: { ':owner': owner },
  });
