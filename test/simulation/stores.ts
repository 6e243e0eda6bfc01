import { settle } from '../../emulator/state/lifecycle.ts';
import { type Attendee, type Meeting, presentRoll } from '../../emulator/state/meeting.ts';
import type { Participant } from '../../lib/domain/participant.ts';
import type { ChimeAttendee, Topology } from '../../lib/domain/topology.ts';
import { toTopology } from '../../lib/store/topologies.ts';
import type { Item, Value } from './dynamodb/values.ts';
import { bareItem } from './dynamodb/wiring.ts';
import type { World } from './world.ts';

/** The counts of one replica as they are stored. */
export interface SeatsRecord {
  epoch: number;
  ordinal: number;
  minted: number;
  taken: number;
  spare: ReadonlySet<number>;
  vacant: ReadonlySet<number>;
}

/** What both stores hold of one name at this instant, read past everything that our code reads through. */
export interface Stores {
  name: string;
  topology: Topology | undefined;
  participants: Participant[];
  seats: SeatsRecord[];
  /** All that are not ended. */
  live: Meeting[];
  rollOf: (epoch: number, ordinal: number) => ChimeAttendee[];
  /** An attendee that was made, and neither deleted nor of a meeting that has ended. */
  alive: (meetingId: string, attendeeId: string) => Attendee | undefined;
}

const known = new WeakMap<Item, Record<string, unknown>>();

export function storesOf({ dynamo, chime }: World, name: string): Stores {
  settle(chime.state);
  const all = [...dynamo.table.items.values()];
  const ofKind = (prefix: string, sk = '') =>
    all.filter(({ pk, sk: sort }) => startsWith(pk, prefix) && startsWith(sort, sk)).map(plain);
  const topology = dynamo.table.items.get(`MEETING#${name}\nTOPOLOGY`);
  return {
    name,
    topology: topology && toTopology(plain(topology)),
    participants: ofKind(`PARTICIPANTS#${name}#`) as never,
    seats: ofKind(`REPLICA#${name}#`, 'SEATS').map(seatsRecord),
    live: [...chime.state.live].filter((meeting) => meeting.externalMeetingId === name),
    rollOf: (epoch, ordinal) => rollIn(ofKind(`REPLICA#${name}#`, 'ROLL'), epoch, ordinal),
    alive: (meetingId, attendeeId) => {
      const meeting = chime.state.meetings.get(meetingId);
      if (!meeting || meeting.endedAt !== null) return undefined;
      return presentRoll(meeting).find((attendee) => attendee.attendeeId === attendeeId);
    },
  };
}

const startsWith = (value: Value | undefined, prefix: string) => String(value?.S).startsWith(prefix);

function seatsRecord(item: Record<string, unknown>): SeatsRecord {
  const [epoch, ordinal] = (item.pk as string).split('#').slice(-2);
  const { minted, taken, spare, vacant } = item as unknown as SeatsRecord;
  return {
    epoch: Number(epoch),
    ordinal: Number(ordinal),
    minted,
    taken,
    spare: spare ?? new Set(),
    vacant: vacant ?? new Set(),
  };
}

function rollIn(chunks: Record<string, unknown>[], epoch: number, ordinal: number): ChimeAttendee[] {
  const ours = chunks.filter(({ pk }) => (pk as string).endsWith(`#${epoch}#${ordinal}`));
  const inOrder = ours.sort((one, other) => ((one.sk as string) < (other.sk as string) ? -1 : 1));
  return inOrder.flatMap(({ seats }) => seats as ChimeAttendee[]);
}

/** An item without the types on its values. */
function plain(item: Item): Record<string, unknown> {
  const made = known.get(item) ?? bareItem(item);
  known.set(item, made);
  return made;
}
