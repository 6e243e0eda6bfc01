import type { Call } from '../../call/call.ts';
import { ChimeError } from '../../errors.ts';
import type { AttendeeItem } from '../../shapes/attendees.ts';
import type { CreateMeetingRequest } from '../../shapes/meetings.ts';
import { refuseWhole } from '../attendees/admit-batch.ts';
import { capacityOf } from '../attendees/capacity.ts';
import { emit } from '../events.ts';
import { guid } from '../random.ts';
import { canHost, cellOf, partitionOf } from '../regions.ts';
import { sameScope } from '../scope.ts';
import { NO_TRANSCRIPTION } from '../transcription/transcription.ts';
import { isVisible } from './find.ts';
import { replicasOf } from './lifecycle.ts';
import { mediaPlacement } from './media-placement.ts';
import type { Meeting } from './meeting.ts';

/**
 * Opens a meeting, or a replica if the request names a primary. A refused request leaves no trace, whether the meeting or its
 * attendees were refused.
 */
export function openMeeting(call: Call, request: CreateMeetingRequest, items: AttendeeItem[] = []): Meeting {
  const { state, scope } = call;
  refuseRegion(call, request.MediaRegion);
  if (request.PrimaryMeetingId !== undefined) refusePrimary(call, request.PrimaryMeetingId);
  const input = withFeatures(call, request);
  const capacity = capacityOf(state.options, input.MeetingFeatures);
  refuseOneTooMany(call, input.PrimaryMeetingId !== undefined);
  const meetingId = guid(state.hex, cellOf(scope.controlRegion));
  const meeting = newMeeting(call, input, { meetingId, capacity });
  refuseWhole(call, meeting, items);
  state.meetings.set(meetingId, meeting);
  state.live.add(meeting);
  if (state.options.meetingStartedEvent === 'at-create') start(call, meeting);
  return meeting;
}

function start(call: Call, meeting: Meeting): void {
  meeting.started = true;
  emit(call.state, meeting, { eventType: 'MeetingStarted', at: call.now });
}

/** The response for a full media region is undocumented: 503 is likeliest. */
function refuseRegion({ state, scope }: Call, mediaRegion: string): void {
  if (!canHost(scope.controlRegion, mediaRegion)) {
    const words = `MediaRegion ${mediaRegion} is not supported in ${scope.controlRegion}`;
    throw new ChimeError(state.options.semanticError, words);
  }
  if (state.options.refusedMediaRegions.includes(mediaRegion)) {
    throw new ChimeError('BadRequestException', `MediaRegion ${mediaRegion} is not enabled for the account`);
  }
  if (state.options.fullMediaRegions.includes(mediaRegion)) {
    throw new ChimeError('ServiceUnavailableException', `${mediaRegion} has no room`, {
      retryAfterSeconds: 1,
    });
  }
}

/**
 * A primary must be known, alive, no replica itself, and below its limit of replicas.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/media-replication.html
 */
function refusePrimary(call: Call, primaryMeetingId: string): void {
  const { options, meetings } = call.state;
  const primary = meetings.get(primaryMeetingId.toLowerCase());
  const refuse = (words: string) => new ChimeError(options.primaryError, words);
  if (!primary || !isVisible(call, primary)) throw refuse(`Primary meeting ${primaryMeetingId} not found`);
  if (primary.endedAt !== null) throw refuse('The primary meeting has ended');
  if (primary.primaryMeetingId !== null) throw refuse('A replica meeting cannot be a primary meeting');
  if (replicasOf(call.state, primary).length >= options.replicasPerPrimary) {
    throw new ChimeError('LimitExceededException', 'Replica meeting limit exceeded');
  }
}

/** Whether a replica without features inherits those of its primary is undocumented. */
function withFeatures({ state }: Call, request: CreateMeetingRequest): CreateMeetingRequest {
  const { PrimaryMeetingId, MeetingFeatures } = request;
  if (state.options.replicaFeatures === 'own' || !PrimaryMeetingId || MeetingFeatures) return request;
  const features = state.meetings.get(PrimaryMeetingId.toLowerCase())?.features;
  return { ...request, ...(features && { MeetingFeatures: features }) };
}

function refuseOneTooMany({ state, scope }: Call, isReplica: boolean): void {
  const { replicasCountAsMeetings, concurrentMeetings } = state.options;
  if (isReplica && !replicasCountAsMeetings) return;
  const counted = [...state.live].filter(
    (meeting) =>
      sameScope(meeting.scope, scope) && (replicasCountAsMeetings || meeting.primaryMeetingId === null),
  );
  if (counted.length >= concurrentMeetings) {
    throw new ChimeError('LimitExceededException', 'Meeting limit exceeded');
  }
}

function newMeeting(
  { state, scope, now }: Call,
  input: CreateMeetingRequest,
  { meetingId, capacity }: { meetingId: string; capacity: number },
): Meeting {
  const place = { meetingId, scope, mediaRegion: input.MediaRegion };
  const owner = `${partitionOf(scope.controlRegion)}:chime:${scope.controlRegion}:${scope.accountId}`;
  return {
    ...place,
    capacity,
    arn: `arn:${owner}:meeting/${meetingId}`,
    mediaPlacement: mediaPlacement(state.options, place, state.hex),
    externalMeetingId: input.ExternalMeetingId,
    meetingHostId: input.MeetingHostId,
    features: input.MeetingFeatures,
    notifications: input.NotificationsConfiguration,
    tenantIds: input.TenantIds ?? [],
    tags: new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    primaryMeetingId: input.PrimaryMeetingId?.toLowerCase() ?? null,
    attendees: new Map(),
    attendeeCount: 0,
    peakAttendees: 0,
    connectedCount: 0,
    transcription: NO_TRANSCRIPTION,
    utterances: new Map(),
    started: false,
    lastPresentAt: null,
    createdAt: now,
    endedAt: null,
  };
}
