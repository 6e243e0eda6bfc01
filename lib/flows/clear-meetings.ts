import type { Call } from '../call.ts';
import {
  createMeeting,
  createMeetingWith,
  deleteMeeting,
  type MeetingRequest,
  type Opened,
} from '../chime/meetings.ts';
import { isTrouble, type Trouble } from '../chime/trouble.ts';
import { type PrimaryMeeting, primaryMeetingId, type Topology } from '../domain/topology.ts';
import { replicaKey } from '../store/keys.ts';
import { closeSeats } from '../store/seats.ts';
import { primaryRequest } from './meeting-requests.ts';
import { declined, inLine } from './turn.ts';

/**
 * Close the box office and end the Chime meetings of a topology that was fenced off. Ending the primary ends its
 * replicas (https://docs.aws.amazon.com/chime-sdk/latest/dg/media-replication.html). Repeatable.
 */
export async function clearMeetings(topology: Topology, call: Call): Promise<void> {
  await Promise.all(topology.replicas.map(({ ordinal }) => closeSeats(replicaKey(topology, ordinal))));
  const primary = primaryMeetingId(topology);
  if (primary) await end(primary, call);
  else if (topology.primary) await undoPrimaryClaim(topology, call);
}

/**
 * Delete what an unfinished claim may have opened. Nobody lists meetings, so it is asked for once more with the same
 * request token, which hands back the one that exists, or one that now does.
 */
export async function undoPrimaryClaim(topology: Topology, call: Call): Promise<void> {
  if (!topology.primary) return;
  const request = primaryRequest(topology, topology.primary.mediaRegion);
  const opened = await openAgain(request, topology.primary, call);
  if (isTrouble(opened)) throw declined(opened);
  await end(opened.Meeting.MeetingId, call);
}

/** By the operation that the claim was for: whether the two share their request tokens is not documented. */
async function openAgain(
  request: MeetingRequest,
  { unattended }: PrimaryMeeting,
  call: Call,
): Promise<Opened | Trouble> {
  const line = inLine(call, 'long');
  return unattended
    ? createMeeting(line, request)
    : createMeetingWith(line, request, { ExternalUserId: 'sweep' });
}

async function end(meetingId: string, call: Call): Promise<void> {
  const deleted = await deleteMeeting(inLine(call, 'long'), meetingId);
  if (deleted !== 'deleted') throw declined(deleted);
}
