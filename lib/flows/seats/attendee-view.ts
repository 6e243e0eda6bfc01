import { handIn, isPromoted, type Participant, placeIn, seatIn } from '../../domain/meeting/participant.ts';
import type { Presence } from '../../domain/meeting/presence.ts';
import type { Topology } from '../../domain/meeting/topology.ts';

/** One person as hosts see them: seat, join time and presence, never a credential. */
export function attendeeView(topology: Topology, participant: Participant) {
  const { externalUserId, displayName, role, presence, stagePresence } = participant;
  const seat = seatIn(topology, participant);
  const seated = seat && !seat.left ? seat : undefined;
  const hand = handIn(topology, participant);
  const joinedAt = seated?.joinedAt ?? placeIn(topology, participant)?.joinedAt ?? 0;
  return {
    externalUserId,
    ...(displayName && { displayName }),
    role,
    mediaRegion: seated?.mediaRegion ?? topology.primary?.mediaRegion,
    ...(seated && { ordinal: seated.ordinal }),
    joinedAt: new Date(joinedAt).toISOString(),
    promoted: isPromoted(topology, participant),
    ...(hand && { handRaisedAt: hand.raisedAt }),
    presence: presenceSince(
      joinedAt,
      isSeatOnly(topology, participant) ? presence : (stagePresence ?? presence),
    ),
  };
}

const isSeatOnly = (topology: Topology, participant: Participant) =>
  seatIn(topology, participant) !== undefined && !isPromoted(topology, participant);

/** The presence since the join: an event about an older connection says nothing about a new seat. */
function presenceSince(joinedAt: number, presence: Presence | undefined): Presence['state'] | 'expected' {
  return presence && presence.at > joinedAt ? presence.state : 'expected';
}
