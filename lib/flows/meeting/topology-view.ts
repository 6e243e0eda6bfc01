import type { Caller } from '../../context.ts';
import { captionsOf } from '../../domain/captions/state.ts';
import { problemsOf } from '../../domain/meeting/problems.ts';
import type { Replica, Topology } from '../../domain/meeting/topology.ts';
import { primaryMeetingId } from '../../domain/meeting/topology.ts';
import { drainProgress } from '../../domain/placement/drain-progress.ts';
import { settings } from '../../settings.ts';
import { replicaKey } from '../../store/keys.ts';
import { readSeats, type SeatCount, seated } from '../../store/replica/seats.ts';
import { seatsIn } from '../shared/seats.ts';

/**
 * A topology as callers see it: counts, regions and ids, never a credential. Hosts and presenters also see the
 * last audience, the problems and the drains.
 */
export async function topologyView(topology: Topology, { role }: Pick<Caller, 'role'>): Promise<object> {
  const { externalMeetingId, epoch, status, options, drains, lastAudience } = topology;
  const isLive = status === 'live';
  const shown = isLive ? topology.replicas : [];
  const keys = shown.map(({ ordinal }) => replicaKey(topology, ordinal));
  const counts = await readSeats(keys);
  const replicas = shown.map((replica) => replicaView(topology, replica, counts.get(replica.ordinal)));
  const viewers = replicas.reduce((sum, replica) => sum + replica.seatsTaken, 0);
  const primary = isLive && primaryView(topology);
  const captions = captionsOf(topology, role !== 'viewer');
  return {
    ...{ externalMeetingId, epoch, status, options },
    ...liveSinceView(topology),
    ...(primary && { primary }),
    ...{ replicas, viewers },
    ...(captions && { captions }),
    ...(role !== 'viewer' && lastAudience && { lastAudience }),
    ...(role !== 'viewer' && { problems: status === 'ended' ? [] : problemsOf(topology) }),
    ...(role !== 'viewer' &&
      drains && {
        drains: drainProgress(
          { ...topology, replicas: shown },
          { seats: seatsIn(counts), controlRegion: settings().controlRegion },
        ),
      }),
  };
}

/** Since when the curtain is open, as callers see it; empty while it is closed. */
export const liveSinceView = ({ liveSince }: Pick<Topology, 'liveSince'>): { liveSince?: string } =>
  liveSince === undefined ? {} : { liveSince: new Date(liveSince).toISOString() };

function primaryView({ primary, stage }: Topology): object | undefined {
  if (primary?.state !== 'open') return undefined;
  const { mediaRegion, capacity, Meeting } = primary;
  return { meetingId: Meeting?.MeetingId, mediaRegion, seatsTaken: stage.size, capacity };
}

function replicaView(topology: Topology, replica: Replica, count: SeatCount | undefined) {
  const { ordinal, meetingId, mediaRegion, capacity, state } = replica;
  return {
    ordinal,
    ...(meetingId && { meetingId }),
    mediaRegion,
    primaryMeetingId: primaryMeetingId(topology),
    status: state === 'open' ? (replica.soldOut ? 'full' : 'open') : 'opening',
    seatsTaken: count ? seated(count) : 0,
    capacity,
  };
}
