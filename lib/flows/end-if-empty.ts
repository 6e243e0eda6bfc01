import type { Call } from '../call.ts';
import { deleteMeeting } from '../chime/meetings.ts';
import { placeIn } from '../domain/participant.ts';
import { primaryMeetingId, type Topology } from '../domain/topology.ts';
import { settings } from '../settings.ts';
import { noteEmpty } from '../store/checks.ts';
import { readParticipants } from '../store/participants.ts';
import { nextEpoch } from './next-epoch.ts';
import { inLine } from './turn.ts';

/**
 * End a meeting that has nobody on stage for longer than the deployment allows: Chime would by itself, but not where a
 * media pipeline keeps it alive, and then it is billed for hours
 * (https://github.com/aws/amazon-chime-sdk-js/issues/2454). Whom no event has told of counts as there.
 */
export async function endIfEmpty(topology: Topology, call: Call): Promise<'ended' | 'kept'> {
  const { endEmptyAfterMs } = settings();
  if (endEmptyAfterMs === 0) return 'kept';
  const since = topology.primary?.emptySince;
  const isEmpty = await hasNobody(topology);
  const stage = isEmpty ? (since ?? call.now()) : undefined;
  if (stage !== since) await noteEmpty(topology, stage);
  if (stage === undefined || call.now() - stage < endEmptyAfterMs) return 'kept';
  const primary = primaryMeetingId(topology) as string;
  if ((await deleteMeeting(inLine(call, 'sweeping'), primary)) !== 'deleted') return 'kept';
  await nextEpoch(topology);
  return 'ended';
}

async function hasNobody(topology: Topology): Promise<boolean> {
  const people = await readParticipants(topology.externalMeetingId, [...topology.stage]);
  return people.every((participant) => {
    const { stagePresence: presence } = participant;
    const joinedAt = placeIn(topology, participant)?.joinedAt ?? 0;
    const isOfStage = presence?.meetingId === primaryMeetingId(topology);
    return isOfStage && presence?.state !== 'present' && (presence?.at ?? 0) > joinedAt;
  });
}
