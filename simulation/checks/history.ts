import type { ChimeAttendee } from '../../lib/domain/meeting/topology.ts';
import { isOutage } from '../../lib/http/outage.ts';
import type { Operation, Outcome, Verb } from '../actors/operations.ts';
import { type JoinedBody, joinedBody } from '../joined-body.ts';

/** One request from its start to its answer, or to the moment after which it can have no effect. */
export interface HistoryEntry extends Operation {
  from: number;
  /** Infinity while the request is under way. */
  to: number;
  /** The virtual time of its start and its end. */
  fromMs: number;
  toMs: number;
  /** Undefined while there is no answer: the request is under way, or its function died. */
  outcome?: Outcome;
}

/** A credential that a person was given. */
export interface Given {
  entry: HistoryEntry;
  kind: 'primary' | 'replica';
  by: 'join' | 'promotion';
  epoch: number;
  attendeeId: string;
  meetingId: string;
}

/** All requests and answers of one simulation, in its logical time. */
export interface History {
  entries: HistoryEntry[];
  given: Given[];
  /** The first person who was shown each attendee. */
  holders: Map<string, string>;
}

export const createHistory = (): History => ({ entries: [], given: [], holders: new Map() });

/** Requests of these kinds about one person that were under way at some time between two instants. */
export function during(
  history: History,
  verbs: readonly Verb[],
  { from, to, about }: { from: number; to: number; about?: string },
): HistoryEntry[] {
  return history.entries.filter(
    (entry) =>
      verbs.includes(entry.verb) &&
      entry.from <= to &&
      entry.to >= from &&
      (about === undefined || subjectOf(entry) === about),
  );
}

/** The person whom a request is about: hosts ask about others, all other people about themselves. */
export function subjectOf({ verb, who, whom }: Operation): string {
  const isAboutOthers = ['promote', 'demote', 'remove', 'ban', 'unban'].includes(verb);
  return isAboutOthers ? whom : who;
}

/** Was the request answered, and done? */
export const isDone = ({ outcome }: HistoryEntry) =>
  outcome?.kind === 'answered' && outcome.answer.status !== 202;

/** The body of a join that was answered with a seat. */
export function joinedIn(entry: HistoryEntry): JoinedBody | undefined {
  return entry.verb === 'join' ? joinedBody(entry.outcome) : undefined;
}

/** The credential in an answer. */
export function givenBy(entry: HistoryEntry, epoch: number): Given | undefined {
  if (!isDone(entry) || entry.outcome?.kind !== 'answered') return undefined;
  const { body } = entry.outcome.answer;
  const joined = joinedIn(entry);
  if (joined) {
    const { Meeting, Attendee, epoch: its } = joined;
    const kind = Meeting.PrimaryMeetingId ? 'replica' : 'primary';
    return {
      entry,
      kind,
      by: 'join',
      epoch: its,
      attendeeId: Attendee.AttendeeId,
      meetingId: Meeting.MeetingId,
    };
  }
  if (entry.verb !== 'promotion') return undefined;
  const { Attendee, primaryMeetingId } = body as { Attendee: ChimeAttendee; primaryMeetingId: string };
  return {
    entry,
    kind: 'primary',
    by: 'promotion',
    epoch,
    attendeeId: Attendee.AttendeeId,
    meetingId: primaryMeetingId,
  };
}

/** An error that is neither a refusal nor an outage is a bug: the caller would see a 500. */
export function bugIn({ outcome }: HistoryEntry): string | undefined {
  if (outcome?.kind !== 'failed' || isOutage(outcome.error)) return undefined;
  return `a 500: ${(outcome.error as Error).stack}`;
}
