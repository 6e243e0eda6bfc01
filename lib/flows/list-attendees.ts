import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { fromCursor, type Position, toCursor } from '../domain/cursor.ts';
import { isAttending } from '../domain/participant.ts';
import { Refusal } from '../refusals.ts';
import { readRoster } from '../store/roster.ts';
import { freshTopology } from '../store/topologies.ts';
import { attendeeView } from './attendee-view.ts';

type ListRequest = RequestOf<(typeof operations)['listAttendees']>;

/** Who is here, across the stage and all replicas, a page at a time. */
export async function listAttendees(request: ListRequest, call: Call): Promise<Answer> {
  const { externalMeetingId, limit } = request;
  const list = `attendees of ${externalMeetingId}`;
  const from = startOf(list, request.cursor);
  const topology = await freshTopology(externalMeetingId, call.now());
  if (!topology) throw new Refusal('MEETING_NOT_FOUND');
  const wanted = isAttending.bind(undefined, topology);
  const { participants, next } = await readRoster(externalMeetingId, from, { limit, wanted });
  const attendees = participants.map((participant) => attendeeView(topology, participant));
  return { status: 200, body: { attendees, ...(next && { cursor: toCursor(list, next) }) } };
}

function startOf(list: string, cursor: string | undefined): Position {
  const position = cursor === undefined ? { shard: 0 } : fromCursor(list, cursor);
  if (!position)
    throw new Refusal('BAD_REQUEST', { field: 'cursor', detail: 'is not a cursor of this list' });
  return position;
}
