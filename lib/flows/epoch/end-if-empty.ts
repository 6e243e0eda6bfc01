import type { RequestContext } from '../../context.ts';
import { hasLeftStage } from '../../domain/meeting/evidence.ts';
import type { StageSight } from '../../domain/meeting/stage-audit.ts';
import type { LiveTopology } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';
import { noteAttended, noteEmpty } from '../../store/topology/checks.ts';
import { openEpochEmpty } from '../../store/topology/epochs.ts';
import { freshTopology } from '../../store/topology/topologies.ts';
import { noteEpoch } from '../shared/ledger.ts';
import { leavePrimaryBehind } from '../shared/leftovers.ts';
import { audienceAfter } from './last-audience.ts';

/**
 * End a meeting whose stage is empty for longer than the deployment allows. First the next epoch begins, unless a
 * presenter has returned. Only then is the primary deleted, as a leftover. `sight`: the stage as it was seen; undefined if Chime
 * did not answer.
 */
export async function endIfEmpty(
  topology: LiveTopology,
  sight: StageSight | undefined,
  context: RequestContext,
): Promise<'ended' | 'kept'> {
  const { endEmptyAfterMs } = settings();
  if (endEmptyAfterMs === 0) return 'kept';
  const since = topology.primary.emptySince;
  const stage = stageOf(topology, sight);
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
 * 2. Chime did not list the attendees: `indeterminate`.
 * 3. A person on stage is not known to have left: `attended`.
 * 4. No pipeline is in the primary: `attended`, whatever the events say.
 * 5. Otherwise `empty`.
 */
function stageOf(
  topology: LiveTopology,
  sight: StageSight | undefined,
): 'empty' | 'attended' | 'indeterminate' {
  if (topology.stage.size === 0) return 'empty';
  if (!sight) return 'indeterminate';
  const departed = sight.people.filter(
    (participant) => topology.stage.has(participant.externalUserId) && hasLeftStage(topology, participant),
  );
  if (departed.length < topology.stage.size) return 'attended';
  return sight.hasPipeline ? 'empty' : 'attended';
}
