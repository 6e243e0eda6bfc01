import {
  BatchCreateAttendeeCommand,
  CreateAttendeeCommand,
  DeleteAttendeeCommand,
  ListAttendeesCommand,
} from '@aws-sdk/client-chime-sdk-meetings';
import type { ChimeAttendee } from '../domain/topology.ts';
import { chime } from './client.ts';
import type { FirstAttendee } from './meetings.ts';
import { isTrouble, type Trouble, unlessForbidden, unlessTrouble } from './trouble.ts';

/** The most attendees that one BatchCreateAttendee makes, and that one page of ListAttendees holds. */
export const BATCH_SIZE = 100;

/** Make one attendee. After `unknown` it may exist: list before asking again. */
export async function createAttendee(
  MeetingId: string,
  attendee: FirstAttendee,
): Promise<ChimeAttendee | Trouble> {
  const answer = await unlessTrouble(
    chime().once.send(new CreateAttendeeCommand({ MeetingId, ...attendee })),
  );
  return isTrouble(answer) ? answer : (answer.Attendee as ChimeAttendee);
}

/** Make up to a hundred attendees. Those that Chime could not make are missing from the answer. */
export async function createAttendees(
  MeetingId: string,
  names: string[],
): Promise<{ attendees: ChimeAttendee[] } | Trouble> {
  const Attendees = names.map((ExternalUserId) => ({ ExternalUserId }));
  const answer = await unlessTrouble(
    chime().once.send(new BatchCreateAttendeeCommand({ MeetingId, Attendees })),
  );
  return isTrouble(answer) ? answer : { attendees: (answer.Attendees ?? []) as ChimeAttendee[] };
}

/** All attendees of a meeting, connected or not. */
export async function listAttendees(MeetingId: string): Promise<{ attendees: ChimeAttendee[] } | Trouble> {
  const attendees: ChimeAttendee[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListAttendeesCommand({ MeetingId, MaxResults: BATCH_SIZE, NextToken });
    const page = await unlessTrouble(chime().repeatable.send(command));
    if (isTrouble(page)) return page;
    attendees.push(...((page.Attendees ?? []) as ChimeAttendee[]));
    NextToken = page.NextToken;
  } while (NextToken);
  return { attendees };
}

/** Delete an attendee: whoever uses it is thrown out. One that is gone already is as good as deleted. */
export async function deleteAttendee(MeetingId: string, AttendeeId: string): Promise<'deleted' | Trouble> {
  const answer = await unlessTrouble(
    chime().repeatable.send(new DeleteAttendeeCommand({ MeetingId, AttendeeId })).catch(unlessForbidden),
  );
  return isTrouble(answer) && answer !== 'gone' ? answer : 'deleted';
}
