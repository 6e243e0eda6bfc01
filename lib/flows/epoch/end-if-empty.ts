import { listAttendees } from '../../chime/attendees.ts';
import { isChimeFailure } from '../../chime/failure.ts';
import type { RequestContext } from '../../context.ts';
import { hasLeftStage } from '../../domain/meeting/evidence.ts';
import { isPipeline } from '../../domain/meeting/presence.ts';
import type { LiveTopology } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { noteAttended, noteEmpty } from '../../store/topology/checks.ts';
import { openEpochEmpty } from '../../store/topology/epochs.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { chimeLimiter } from '../shared/chime-quota.ts';
import { noteEpoch } from '../shared/ledger.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { audienceAfter } from './last-audience.ts';

/**
 * End a meeting whose stage is empty for longer than the deployment allows. First the next epoch begins, unless a
 * presenter has returned. Only then is the primary deleted, as a leftover.
 */
export async function endIfEmpty(topology: LiveTopology, context: RequestContext): Promise<'ended' | 'kept'> {
  const { endEmptyAfterMs } = settings();
  if (endEmptyAfterMs === 0) return 'kept';
  const since = topology.primary.emptySince;
  const stage = await stageOf(topology, context);
  if (stage === 'attended' && since !== undefined) await noteAttended(topology);
  if (stage === 'empty' && since === undefined) await noteEmpty(topology, context.now());
  if (stage !== 'empty' || since === undefined || context.now() - since < endEmptyAfterMs) return 'kept';
  return end(topology, since, context);
}

async function end(
  topology: LiveTopology,
  since: number,
  context: RequestContext,
): Promise<'ended' | 'kept'> {
  const { mediaRegion, Meeting } = topology.primary;
  await leavePrimaryBehind(topology, { mediaRegion, meetingId: Meeting.MeetingId }, context);
  if ((await openEpochEmpty(topology, since, await audienceAfter(topology))) === 'begun') {
    await noteEpoch(topology, 'ended', context.now());
    return 'ended';
  }
  // If the SDK repeated our write, the epoch has moved on.
  const now = await freshTopology(topology.externalMeetingId, context.now());
  return now?.epoch === topology.epoch ? 'kept' : 'ended';
}

/**
 * Whether a person is on stage. Events alone cannot prove an empty stage. Chime ends a primary five minutes after
 * the last connection, so a live primary has a person connected, or a media pipeline keeps it alive. In the latter
 * case it is billed for hours (https://github.com/aws/amazon-chime-sdk-js/issues/2454).
 * 1. No person has an attendee in the primary: `empty`.
 * 2. A person on stage is not known to have left: `attended`.
 * 3. Chime does not list the attendees: `indeterminate`.
 * 4. No pipeline is in the primary: `attended`, whatever the events say.
 * 5. Otherwise `empty`.
 */
async function stageOf(
  topology: LiveTopology,
  context: RequestContext,
): Promise<'empty' | 'attended' | 'indeterminate'> {
  const names = [...topology.stage];
  if (names.length === 0) return 'empty';
  const people = await readParticipants(topology.externalMeetingId, names);
  const departed = people.filter((participant) => hasLeftStage(topology, participant));
  if (departed.length < names.length) return 'attended';
  const listed = await listAttendees(
    chimeLimiter(context, 'reconciling'),
    topology.primary.Meeting.MeetingId,
  );
  if (isChimeFailure(listed)) return 'indeterminate';
  const isKeptAlive = listed.attendees.some(({ ExternalUserId }) =>
    isPipeline({ externalUserId: ExternalUserId }),
  );
  return isKeptAlive ? 'empty' : 'attended';
}
