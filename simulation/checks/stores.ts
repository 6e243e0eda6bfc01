import { settle } from '../../emulator/state/meetings/lifecycle.ts';
import { type Attendee, type Meeting, presentAttendees } from '../../emulator/state/meetings/meeting.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Participant } from '../../lib/domain/meeting/participant.ts';
import type { ChimeAttendee, Topology } from '../../lib/domain/meeting/topology.ts';
import type { Tally } from '../../lib/domain/placement/demand.ts';
import { regional } from '../../lib/store/keys.ts';
import { retiredOf } from '../../lib/store/replica/retired-tickets.ts';
import { toTopology } from '../../lib/store/topology/topologies.ts';
import type { Item } from '../dynamodb/values.ts';
import { bareItem } from '../dynamodb/wiring.ts';
import { isExpired } from '../expiry.ts';
import type { World } from '../world.ts';

/** The counts of one replica as they are stored. */
export interface SeatsRecord {
  epoch: number;
  ordinal: number;
  minted: number;
  taken: number;
  returned: ReadonlySet<number>;
  retired: ReadonlySet<number>;
}

/** What both stores hold of one name at this instant. It bypasses the code under test. */
export interface Stores {
  name: string;
  /** The step in which the name expired last; 0 if it never did. */
  forgottenAt: number;
  topology: Topology | undefined;
  participants: Participant[];
  seats: SeatsRecord[];
  /** How many viewers drew a seat in all lives of the name, by media region. Undefined where some of these records may be deleted. */
  arrived: Tally | undefined;
  /** All Chime meetings that are not ended. */
  live: Meeting[];
  /** Meetings that are recorded for deletion. */
  leftovers: ReadonlySet<string | undefined>;
  rollOf: (epoch: number, ordinal: number) => ChimeAttendee[];
  /** An attendee that was created and not deleted, in a meeting that has not ended. */
  alive: (meetingId: string, attendeeId: string) => Attendee | undefined;
}

const known = new WeakMap<Item, Record<string, unknown>>();

/** An item that expires within this time may exist or not (milliseconds), so the checks ignore it. */
const SOON_MS = 3_600_000;

export function storesOf(world: World, name: string): Stores {
  const { dynamo, chime, forgotten } = world;
  settle(chime.state);
  const item = dynamo.table.items.get(`MEETING#${name}\nTOPOLOGY`);
  const topology = item && toTopology(plain(item));
  const ofReplicas = itemsOf(world, `REPLICA#${name}#${topology?.incarnation}#`);
  return {
    name,
    forgottenAt: forgotten.get(name) ?? 0,
    topology,
    participants: itemsOf(world, `PARTICIPANTS#${name}#`).map((one) => ofThisLife(one as never, topology)),
    seats: ofReplicas.filter(({ sk }) => sk === 'SEATS').map(seatsRecord),
    arrived: world.plan.kinds.has('ttl') ? undefined : arrivedAt(world, name),
    live: [...chime.state.live].filter((meeting) => meeting.externalMeetingId === name),
    leftovers: new Set(itemsOf(world, `LEFTOVERS#${name}\n`).map(leftMeeting)),
    rollOf: (epoch, ordinal) => rollIn(ofReplicas, epoch, ordinal),
    alive: (meetingId, attendeeId) => {
      const meeting = chime.state.meetings.get(meetingId);
      if (!meeting || meeting.endedAt !== null) return undefined;
      return presentAttendees(meeting).find((attendee) => attendee.attendeeId === attendeeId);
    },
  };
}

/** All items whose partition key begins so, and that do not expire soon. */
function itemsOf({ agenda, dynamo }: World, prefix: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  for (const [key, item] of dynamo.table.items)
    if (key.startsWith(prefix) && !isExpired(item, agenda.now + SOON_MS)) found.push(plain(item));
  return found;
}

function arrivedAt({ dynamo }: World, name: string): Tally {
  const sum: Tally = {};
  for (const [key, item] of dynamo.table.items)
    if (key.startsWith(`REPLICA#${name}#`) && key.endsWith('SEATS'))
      for (const [region, viewers] of Object.entries(regional.arrivals.in(plain(item))) as [
        MediaRegion,
        number,
      ][])
        sum[region] = (sum[region] ?? 0) + viewers;
  return sum;
}

const leftMeeting = ({ leftover }: Record<string, unknown>) =>
  (leftover as { meetingId?: string } | undefined)?.meetingId;

/** Records of an earlier incarnation of the name are void, except bans. */
function ofThisLife(participant: Participant, topology: Topology | undefined): Participant {
  if (!topology || participant.incarnatedAt === topology.incarnatedAt) return participant;
  const { seat: _, place: __, revoked: ___, ...rest } = participant;
  return rest;
}

function seatsRecord(item: Record<string, unknown>): SeatsRecord {
  const [epoch, ordinal] = (item.pk as string).split('#').slice(-2);
  const { minted, taken, returned } = item as unknown as SeatsRecord;
  return {
    epoch: Number(epoch),
    ordinal: Number(ordinal),
    minted,
    taken,
    returned: returned ?? new Set(),
    retired: retiredOf(item),
  };
}

function rollIn(chunks: Record<string, unknown>[], epoch: number, ordinal: number): ChimeAttendee[] {
  const ours = chunks.filter(
    ({ pk, sk }) => (pk as string).endsWith(`#${epoch}#${ordinal}`) && (sk as string).startsWith('ROLL'),
  );
  const inOrder = ours.sort((one, other) => ((one.sk as string) < (other.sk as string) ? -1 : 1));
  return inOrder.flatMap(({ seats }) => seats as ChimeAttendee[]);
}

/** An item without the types on its values. */
function plain(item: Item): Record<string, unknown> {
  const made = known.get(item) ?? bareItem(item);
  known.set(item, made);
  return made;
}
