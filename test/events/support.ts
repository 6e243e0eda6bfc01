import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { Attendee, Meeting } from '../../emulator/state/meetings/meeting.ts';
import { handler } from '../../handlers/chime-events.ts';
import { sideOf } from '../../lib/domain/ledger/facts.ts';
import { intervalsOf } from '../../lib/domain/ledger/intervals.ts';
import type { Participant } from '../../lib/domain/meeting/participant.ts';
import { shardOf } from '../../lib/store/keys.ts';
import { readShard } from '../../lib/store/ledger/attendance.ts';
import { readParticipant } from '../../lib/store/participant/participants.ts';
import { freshTopology } from '../../lib/store/topology/topologies.ts';
import type { TestWorld } from '../support/local-world.ts';
import { clock } from '../support/skipping-clock.ts';

/** Messages as Lambda hands them over. Their ids are their positions, from 0. */
export function batchOf(bodies: string[]): SQSEvent {
  return { Records: bodies.map((body, n) => ({ messageId: String(n), body }) as SQSRecord) };
}

/** Lets the deployed handler process messages, ten at a time. Gives the positions of those that failed. */
export async function deliver(messages: object[]): Promise<number[]> {
  const failed: number[] = [];
  for (let from = 0; from < messages.length; from += 10) {
    const bodies = messages.slice(from, from + 10).map((message) => JSON.stringify(message));
    const { batchItemFailures } = await handler(batchOf(bodies));
    failed.push(...batchItemFailures.map(({ itemIdentifier }) => from + Number(itemIdentifier)));
  }
  return failed;
}

/** The attendee that an event of Chime's is about. */
export interface About {
  externalMeetingId: string;
  meetingId: string;
  attendeeId?: string;
  externalUserId?: string;
}

/** An event as EventBridge carries it. */
export function eventOf(type: string, timestamp: number, about: About) {
  return {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': 'Chime Meeting State Change',
    source: 'aws.chime',
    account: '111122223333',
    time: '2026-01-01T12:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: { version: '0', eventType: `chime:${type}`, timestamp, mediaRegion: 'us-east-1', ...about },
  };
}

/** The same in the form of Chime's own notifications. */
export function notificationOf(event: ReturnType<typeof eventOf>): object {
  const { id: _, resources: __, ...content } = event;
  return { ...content, time: new Date(event.detail.timestamp).toISOString() };
}

/** Every event that Chime delivers from now on. */
export function hear({ emulator }: TestWorld): object[] {
  const heard: object[] = [];
  emulator.state.onEvent(({ event }) => heard.push(event));
  return heard;
}

/** The person's attendee at Chime, from the answer to their join. */
export function attendeeOf(
  { emulator }: TestWorld,
  joined: { Meeting: { MeetingId: string }; Attendee: { AttendeeId: string } },
): { meeting: Meeting; attendee: Attendee; about: About } {
  const meeting = emulator.state.meetings.get(joined.Meeting.MeetingId) as Meeting;
  const attendee = meeting.attendees.get(joined.Attendee.AttendeeId) as Attendee;
  const { meetingId, externalMeetingId } = meeting;
  const { attendeeId, externalUserId } = attendee;
  return { meeting, attendee, about: { meetingId, externalMeetingId, attendeeId, externalUserId } };
}

/** What events wrote: the presence in a person's record, and their intervals as text: `audience 12-50`. */
export async function seen(name: string, who: string) {
  const record = (await readParticipant(name, who)) as Participant | undefined;
  const { presence } = record ?? {};
  return {
    presence: presence && { state: presence.state, at: presence.at },
    intervals: await attended(name, who),
  };
}

/** The intervals of a person in the current life of a name: `audience 12-50`, with `?` if estimated. */
export async function attended(name: string, who: string): Promise<string[]> {
  const topology = await freshTopology(name, clock.now());
  if (!topology) return [];
  const { people } = await readShard(topology, { shard: shardOf(who) });
  const person = people.find(({ externalUserId }) => externalUserId === who);
  const life = { openedAt: topology.incarnatedAt, spans: new Map() };
  return (person ? intervalsOf(person, life) : []).map(
    ({ connection, from, to, isEstimated }) =>
      `${sideOf(connection)} ${from}-${to ?? ''}${isEstimated ? '?' : ''}`,
  );
}

/** The topology as it is now. */
export async function topologyOf(name: string) {
  const topology = await freshTopology(name, clock.now());
  if (!topology) throw new Error(`${name} is unknown`);
  return topology;
}
