import { presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { primaryMeetingId, type Topology } from '../../lib/domain/meeting/topology.ts';
import { captionFaults } from './captions.ts';
import { isPipeline } from './pipelines.ts';
import type { Stores } from './stores.ts';
import { faultsOf } from './topology-faults.ts';

/** The role in which each Chime meeting was ever visible: `town-hall/host.1/1/primary`, `town-hall/host.1/1/0` … */
export type Published = Map<string, string>;

/** The invariant violations of the stores at this instant, in words. There are none after any single step. */
export function alwaysFaults(stores: Stores, published: Published): string[] {
  const { topology } = stores;
  return [
    ...overfull(stores),
    ...(topology
      ? [...faultsOf(topology), ...republished(topology, published), ...strangers(stores, topology)]
      : []),
    ...sharedSeats(stores),
    ...miscounted(stores),
    ...countedTwice(stores),
    ...captionFaults(stores),
  ];
}

/** Created minus deleted attendees of a Chime meeting never exceed its capacity. */
function overfull({ live }: Stores): string[] {
  return live
    .filter((meeting) => meeting.attendeeCount > meeting.capacity)
    .map(
      ({ meetingId, attendeeCount, capacity }) =>
        `${meetingId} has ${attendeeCount} attendees of ${capacity}`,
    );
}

/** An epoch has one primary, and an ordinal one replica, ever. */
function republished(topology: Topology, published: Published): string[] {
  const { externalMeetingId, incarnation, epoch, replicas } = topology;
  const life = `${externalMeetingId}/${incarnation}/${epoch}`;
  const visible: [string, string | undefined][] = [
    [`${life}/primary`, primaryMeetingId(topology)],
    ...replicas.map(
      ({ ordinal, meetingId }) => [`${life}/${ordinal}`, meetingId] as [string, string | undefined],
    ),
  ];
  return visible.flatMap(([place, meetingId]) => {
    if (!meetingId) return [];
    const first = published.get(place) ?? meetingId;
    published.set(place, first);
    return first === meetingId ? [] : [`${place} was ${first} and is ${meetingId}`];
  });
}

/** A person with an attendee in the primary has exactly one, and a place on stage: the primary holds no uncounted attendee. */
function strangers({ live }: Stores, topology: Topology): string[] {
  const primary = live.find(({ meetingId }) => meetingId === primaryMeetingId(topology));
  const people = primary ? presentAttendees(primary).filter((attendee) => !isPipeline(attendee)) : [];
  const names = people.map(({ externalUserId }) => externalUserId);
  return [
    ...names
      .filter((name) => !topology.stage.has(name))
      .map((name) => `${name} is in the primary, and not on stage`),
    ...names.filter((name, n) => names.indexOf(name) !== n).map((name) => `${name} is in the primary twice`),
  ];
}

/** A seat belongs to one person for ever, also a seat that was taken from them or was never handed out. */
function sharedSeats({ participants, seats, topology }: Stores): string[] {
  const held = participants.flatMap(({ epoch, seat, revoked }) =>
    [seat, revoked].flatMap((one) => (one ? [`${epoch}/${one.ordinal}/${one.ticket}`] : [])),
  );
  const returned = seats.flatMap((record) =>
    [...record.returned].map((ticket) => `${record.epoch}/${record.ordinal}/${ticket}`),
  );
  const gone = seats.flatMap((record) =>
    [...record.retired].map((ticket) => `${record.epoch}/${record.ordinal}/${ticket}`),
  );
  const seatsOfNow = participants.filter(({ epoch }) => epoch === topology?.epoch);
  const vacated = seatsOfNow.flatMap(({ epoch, seat }) =>
    seat ? [`${epoch}/${seat.ordinal}/${seat.ticket}`] : [],
  );
  return [
    ...held.filter((seat, n) => held.indexOf(seat) !== n).map((seat) => `two hold seat ${seat}`),
    ...held.filter((seat) => returned.includes(seat)).map((seat) => `seat ${seat} is held, and for sale`),
    ...vacated
      .filter((seat) => gone.includes(seat))
      .map((seat) => `seat ${seat} is held, and counted as retired`),
    ...gone.filter((seat) => returned.includes(seat)).map((seat) => `seat ${seat} is retired, and for sale`),
  ];
}

/** The last audience counts each life once: no media region has more viewers in it than ever drew a seat from there. */
function countedTwice({ topology, arrived }: Stores): string[] {
  if (!arrived) return [];
  return (Object.entries(topology?.lastAudience ?? {}) as [MediaRegion, number][])
    .filter(([mediaRegion, viewers]) => viewers > (arrived[mediaRegion] ?? 0))
    .map(
      ([mediaRegion, viewers]) =>
        `the last audience has ${viewers} viewers in ${mediaRegion}, more than came`,
    );
}

/** Tickets are drawn from what was minted. Every minted seat has seat credentials, with an attendee of its own. */
function miscounted({ seats, participants, rollOf }: Stores): string[] {
  return seats.flatMap((record) => {
    const { epoch, ordinal, minted, taken, returned, retired } = record;
    const ids = rollOf(epoch, ordinal).map(({ AttendeeId }) => AttendeeId);
    const holders = participants.filter((one) => one.epoch === epoch && one.seat?.ordinal === ordinal);
    return [
      ...(taken > minted ? [`replica ${epoch}/${ordinal} sold ${taken} of ${minted} seats`] : []),
      ...(ids.length < minted
        ? [`replica ${epoch}/${ordinal} sells ${minted} seats, ${ids.length} on its roll`]
        : []),
      ...(new Set(ids).size < ids.length
        ? [`replica ${epoch}/${ordinal} has an attendee on its roll twice`]
        : []),
      ...(holders.length + returned.size + retired.size > taken
        ? [`replica ${epoch}/${ordinal} has more holders than tickets`]
        : []),
    ];
  });
}
