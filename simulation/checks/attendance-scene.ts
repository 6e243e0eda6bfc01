import type { ChimeEvent } from '../../emulator/state/event-log.ts';
import { type Connection, partsOf } from '../../lib/domain/ledger/facts.ts';
import type { Interval } from '../../lib/domain/ledger/intervals.ts';
import type { Life } from '../../lib/domain/ledger/life.ts';
import type { Topology } from '../../lib/domain/meeting/topology.ts';
import type { Kind } from '../plan/kinds.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';

/** What truly happened at Chime: every event that it sent about a connection, whether or not it arrives. */
export type Truth = Map<string, { at: number; kind: 'joined' | 'ended' }[]>;

const ENDS = ['chime:AttendeeLeft', 'chime:AttendeeDropped', 'chime:AttendeeDeleted'];
/** A person's name in the truth: a viewer goes by the name of a seat. */
export const keyOf = (meetingId: string, externalUserId: string) => `${meetingId}/${externalUserId}`;

/** Writes down the truth from now on. */
export function recordTruth({ chime }: World): Truth {
  const truth: Truth = new Map();
  chime.state.onEvent(({ event, via }) => {
    const { eventType, meetingId, externalUserId = '', timestamp } = (event as ChimeEvent).detail;
    const kind =
      eventType === 'chime:AttendeeJoined' ? 'joined' : ENDS.includes(eventType) ? 'ended' : undefined;
    if (!kind || via !== 'EventBridge') return;
    const key = keyOf(meetingId, externalUserId as string);
    truth.set(key, [...(truth.get(key) ?? []), { at: timestamp, kind }]);
  });
  return truth;
}

/** A person, and what the attendance says of them. */
export interface Attended {
  externalUserId: string;
  intervals: Interval[];
}

/** One name after a run. */
export interface Scene {
  world: World;
  topology: Topology;
  published: Stage['published'];
  truth: Truth;
  life: Life;
}

/** The Chime meeting of a connection of the current life. */
export function meetingOf({ topology, published, world }: Scene, connection: Connection) {
  const { epoch, ordinal } = partsOf(connection);
  const life = `${topology.externalMeetingId}/${topology.incarnation}/${epoch}`;
  const meetingId = published.get(`${life}/${ordinal ?? 'primary'}`);
  return meetingId === undefined ? undefined : { meetingId, ...world.chime.state.meetings.get(meetingId) };
}

/** Kinds in which an event may find no seat of its person, or no life that it belongs to. */
export const UNHEARD: Kind[] = ['freeze', 'old-reads', 'ttl'];
