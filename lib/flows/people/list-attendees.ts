import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { toCursor } from '../../domain/access/cursor.ts';
import { isAttending } from '../../domain/meeting/participant.ts';
import { readParticipantList } from '../../store/participant/participant-list.ts';
import { attendeeView } from '../seats/attendee-view.ts';
import { lookUpTopology } from '../shared/context.ts';
import { startOf } from '../shared/page.ts';

type ListRequest = RequestOf<(typeof operations)['listAttendees']>;

/** One page costs at most this many queries: one for each shard, and some more. */
const MOST_READS = 40;

/** List the people on stage and in all replicas, a page at a time. */
export async function listAttendees(request: ListRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId, limit } = request;
  const list = `attendees of ${externalMeetingId}`;
  const from = startOf(list, request.cursor);
  const topology = await lookUpTopology(externalMeetingId, context);
  const wanted = isAttending.bind(undefined, topology);
  const { participants, next } = await readParticipantList(externalMeetingId, from, {
    limit,
    wanted,
    mostReads: MOST_READS,
  });
  const attendees = participants.map((participant) => attendeeView(topology, participant));
  return { status: 200, body: { attendees, ...(next && { cursor: toCursor(list, next) }) } };
}
