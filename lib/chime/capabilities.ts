import {
  BatchUpdateAttendeeCapabilitiesExceptCommand,
  UpdateAttendeeCapabilitiesCommand,
} from '@aws-sdk/client-chime-sdk-meetings';
import type { Capabilities } from '../domain/meeting/capabilities.ts';
import type { ChimeAttendee } from '../domain/meeting/topology.ts';
import { ask, type Limiter } from './ask.ts';
import { chime } from './client.ts';
import { type ChimeFailure, isChimeFailure } from './failure.ts';

/** Set the capabilities of one attendee, also while connected. */
export async function updateCapabilities(
  limiter: Limiter,
  MeetingId: string,
  { AttendeeId, capabilities }: { AttendeeId: string; capabilities: Capabilities },
): Promise<ChimeAttendee | ChimeFailure> {
  const command = new UpdateAttendeeCapabilitiesCommand({
    MeetingId,
    AttendeeId,
    Capabilities: capabilities,
  });
  const answer = await ask(limiter, 'UpdateAttendeeCapabilities', () => chime().repeatable.send(command));
  return isChimeFailure(answer) ? answer : (answer.Attendee as ChimeAttendee);
}

/** Set the capabilities of all attendees of a meeting except some: at least one, and at most 250. */
export async function updateCapabilitiesExcept(
  limiter: Limiter,
  MeetingId: string,
  { excluded, capabilities }: { excluded: string[]; capabilities: Capabilities },
): Promise<'updated' | ChimeFailure> {
  const ExcludedAttendeeIds = excluded.map((AttendeeId) => ({ AttendeeId }));
  const command = new BatchUpdateAttendeeCapabilitiesExceptCommand({
    MeetingId,
    ExcludedAttendeeIds,
    Capabilities: capabilities,
  });
  const answer = await ask(limiter, 'BatchUpdateAttendeeCapabilitiesExcept', () =>
    chime().repeatable.send(command),
  );
  return isChimeFailure(answer) ? answer : 'updated';
}
