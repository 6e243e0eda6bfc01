import { type Participant, placeIn } from '../meeting/participant.ts';
import { isOpen, type LiveTopology } from '../meeting/topology.ts';

/**
 * When the primary was last seen alive, by what is on record (milliseconds since the epoch), and not later than `now`. Chime proves
 * it by a look of the reconciler, by a check, by an attendee or a replica that it created, and by the event of a connection.
 * A request of a person on stage proves nothing: the client may ask the service after its meeting died.
 */
export function provenAliveAt(
  topology: LiveTopology,
  people: readonly Participant[],
  { lookedAt = 0, now }: { lookedAt?: number | undefined; now: number },
): number {
  const { openedAt = 0, checkedAt = 0, Meeting } = topology.primary;
  const connected = people.flatMap(({ stagePresence }) =>
    stagePresence?.state === 'present' && stagePresence.meetingId === Meeting.MeetingId
      ? stagePresence.at
      : [],
  );
  const entered = people.flatMap((participant) => {
    const place = placeIn(topology, participant);
    return place?.state === 'held' && place.Attendee ? place.joinedAt : [];
  });
  const opened = topology.replicas.filter(isOpen).map((replica) => replica.openedAt ?? 0);
  return Math.min(now, Math.max(openedAt, checkedAt, lookedAt, ...connected, ...entered, ...opened));
}
