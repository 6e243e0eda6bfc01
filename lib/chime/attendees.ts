import {
  BatchCreateAttendeeCommand,
  CreateAttendeeCommand,
  DeleteAttendeeCommand,
  ListAttendeesCommand,
} from '@aws-sdk/client-chime-sdk-meetings';
import { BATCH_SIZE } from '../domain/meeting/seats.ts';
import type { ChimeAttendee } from '../domain/meeting/topology.ts';
import { ask, type Limiter } from './ask.ts';
import { chime } from './client.ts';
import { type ChimeFailure, isChimeFailure, unlessForbidden } from './failure.ts';
import type { FirstAttendee } from './meetings.ts';

/** Create one attendee. After `indeterminate` it may exist: list before trying again. */
export async function createAttendee(
  limiter: Limiter,
  MeetingId: string,
  attendee: FirstAttendee,
): Promise<ChimeAttendee | ChimeFailure> {
  const command = new CreateAttendeeCommand({ MeetingId, ...attendee });
  const answer = await ask(limiter, 'CreateAttendee', () => chime().once.send(command));
  return isChimeFailure(answer) ? answer : (answer.Attendee as ChimeAttendee);
}

/** Create up to a hundred attendees. Those that Chime could not create are missing from the result. */
export async function createAttendees(
  limiter: Limiter,
  MeetingId: string,
  names: string[],
): Promise<{ attendees: ChimeAttendee[] } | ChimeFailure> {
  const Attendees = names.map((ExternalUserId) => ({ ExternalUserId }));
  const command = new BatchCreateAttendeeCommand({ MeetingId, Attendees });
  const answer = await ask(limiter, 'BatchCreateAttendee', () => chime().once.send(command));
  return isChimeFailure(answer) ? answer : { attendees: (answer.Attendees ?? []) as ChimeAttendee[] };
}

/** All attendees of a meeting, connected or not. Each page of a hundred takes a permit. */
export async function listAttendees(
  limiter: Limiter,
  MeetingId: string,
): Promise<{ attendees: ChimeAttendee[] } | ChimeFailure> {
  const attendees: ChimeAttendee[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListAttendeesCommand({ MeetingId, MaxResults: BATCH_SIZE, NextToken });
    const page = await ask(limiter, 'ListAttendees', () => chime().repeatable.send(command));
    if (isChimeFailure(page)) return page;
    attendees.push(...((page.Attendees ?? []) as ChimeAttendee[]));
    NextToken = page.NextToken;
  } while (NextToken);
  return { attendees };
}

/** Delete an attendee; Chime disconnects its user. One that does not exist counts as deleted. */
export async function deleteAttendee(
  limiter: Limiter,
  MeetingId: string,
  AttendeeId: string,
): Promise<'deleted' | ChimeFailure> {
  const deleted = await deleteAttendeeOnce(limiter, MeetingId, AttendeeId);
  return deleted === 'gone' ? 'deleted' : deleted;
}

/** The same as `deleteAttendee`, in a meeting so new that Chime may not find it yet: `gone` then proves nothing. */
export async function deleteAttendeeOnce(
  limiter: Limiter,
  MeetingId: string,
  AttendeeId: string,
): Promise<'deleted' | ChimeFailure> {
  const command = new DeleteAttendeeCommand({ MeetingId, AttendeeId });
  const answer = await ask(limiter, 'DeleteAttendee', () =>
    chime().repeatable.send(command).catch(unlessForbidden),
  );
  return isChimeFailure(answer) ? answer : 'deleted';
}
