import { deleteMeeting } from '../chime/meetings.ts';
import type { Topology } from '../domain/topology.ts';
import { primaryMeetingId } from '../domain/topology.ts';
import { Refusal } from '../refusals.ts';
import { closeSeats } from '../store/seats.ts';

/**
 * Close the box office and end the Chime meetings of a topology that was fenced off. Ending the primary ends its
 * replicas (https://docs.aws.amazon.com/chime-sdk/latest/dg/media-replication.html). Repeatable.
 */
export async function clearMeetings(topology: Topology): Promise<void> {
  const { externalMeetingId, epoch, replicas } = topology;
  await Promise.all(replicas.map(({ ordinal }) => closeSeats({ externalMeetingId, epoch, ordinal })));
  const primary = primaryMeetingId(topology);
  if (!primary) return;
  const deleted = await deleteMeeting(primary);
  if (deleted !== 'deleted')
    throw new Refusal('UPSTREAM_UNAVAILABLE', { cause: new Error(`Chime: ${deleted}`) });
}
