import type { ListedMeeting, MeetingPage } from '../../client/balcony.ts';
import { Refusal } from '../../client/refusal.ts';
import { plainly } from '../room/words.ts';

export type Status = ListedMeeting['status'];

/** What the page shows of one meeting. */
export interface MeetingRow {
  name: string;
  state: string;
  facts: string;
  roomHref: string;
  mapHref: string;
}

const STATES: Readonly<Record<Status, string>> = { live: 'Live', scheduled: 'Scheduled', ended: 'Ended' };

/** The texts and links of one meeting. `when` writes an instant for the person at the page; `name` is that person's. */
export function rowOf(
  meeting: ListedMeeting,
  { when, name }: { when: (instant: string) => string; name: string },
): MeetingRow {
  const { externalMeetingId, status } = meeting;
  const asked = new URLSearchParams({ meeting: externalMeetingId });
  const entering = new URLSearchParams({ ...Object.fromEntries(asked), ...(name && { name }), role: 'host' });
  return {
    name: externalMeetingId,
    state: STATES[status],
    facts: factsOf(meeting, when).join(' · '),
    roomHref: `./?${entering}`,
    mapHref: `map.html?${asked}`,
  };
}

function factsOf(
  { status, startsAt, liveSince, viewers, replicas, epoch }: ListedMeeting,
  when: (instant: string) => string,
): string[] {
  const start =
    startsAt === undefined ? [] : [`${status === 'scheduled' ? 'starts' : 'start:'} ${when(startsAt)}`];
  if (status === 'scheduled') return startsAt === undefined ? ['no start was set'] : start;
  if (status === 'ended') return start;
  return [
    counted(viewers, 'viewer'),
    counted(replicas, 'replica'),
    ...start,
    ...(liveSince === undefined ? [] : [`viewers let in since ${when(liveSince)}`]),
    ...(epoch > 1 ? [`epoch ${epoch}`] : []),
  ];
}

const counted = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/** How many meetings are shown, and whether there are more. */
export function summaryOf(status: Status, shown: number, { cursor }: Pick<MeetingPage, 'cursor'>): string {
  if (shown === 0 && cursor === undefined) return `No meeting is ${status}.`;
  const more = cursor === undefined ? '' : ' There are more.';
  return `${counted(shown, 'meeting')} shown.${more}`;
}

/** Why the list cannot be shown, in words for the person at the page. */
export function whyNot(error: unknown): string {
  if (error instanceof Refusal && error.code === 'FORBIDDEN')
    return 'Your sign-in does not allow this. The list is for hosts whose sign-in is for all meetings.';
  return plainly(error);
}
