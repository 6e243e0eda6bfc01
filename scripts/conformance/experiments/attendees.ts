import type { Attendee } from '@aws-sdk/client-chime-sdk-meetings';
import { answerOf } from '../answer.ts';
import { type Experiment, every, people } from '../experiment.ts';
import type { Lab } from '../lab.ts';

function likeness(one: Attendee | undefined, other: Attendee | undefined): string {
  if (one?.AttendeeId !== other?.AttendeeId) return 'another attendee';
  return one?.JoinToken === other?.JoinToken
    ? 'the same attendee and token'
    : 'the same attendee, another token';
}

interface Batch {
  Attendees?: Attendee[] | undefined;
  Errors?: { ErrorCode?: string | undefined }[] | undefined;
}

/** The result of a batch: the number created, and the errors of the others. */
export function tally({ Attendees = [], Errors = [] }: Batch): string {
  const different = new Set(Attendees.map(({ AttendeeId }) => AttendeeId)).size;
  const made = `${different} attendees${different < Attendees.length ? `, in ${Attendees.length} items` : ''}`;
  return [made, ...Errors.map(({ ErrorCode }) => ErrorCode ?? 'an error without a code')].join(', ');
}

/** Which attendees a creation makes, and how many at a time. */
export const attendees: Experiment[] = [
  {
    id: 'external-user-id-repeat',
    asks: 'CreateAttendee twice with one ExternalUserId',
    settles: every('externalUserIdRepeat'),
    ask: async (lab) => {
      const meeting = await lab.open();
      const first = await lab.admit(meeting);
      const repeat = lab.chime.createAttendee({ MeetingId: meeting.MeetingId, ExternalUserId: 'maria' });
      return answerOf(repeat, ({ Attendee }) => likeness(first, Attendee));
    },
  },
  {
    id: 'duplicates-in-batch',
    asks: 'BatchCreateAttendee with one ExternalUserId twice',
    settles: every('duplicatesInBatch', 'externalUserIdRepeat'),
    ask: async ({ chime, open }) => {
      const { MeetingId } = await open();
      const Attendees = [...people(1), ...people(1)];
      return answerOf(chime.batchCreateAttendee({ MeetingId, Attendees }), tally);
    },
  },
  {
    id: 'create-meeting-with-20-attendees',
    asks: 'CreateMeetingWithAttendees with 20, or else with 10',
    settles: { attendeesPerCreateMeetingWithAttendees: [10, 20] },
    ask: async (lab) => {
      const all = await withAttendees(lab, 20);
      if (all.came.startsWith('20 ')) return all;
      const { came } = await withAttendees(lab, 10);
      return { came: `of 20: ${all.came}; of 10: ${came}`, ...(all.words && { words: all.words }) };
    },
  },
  {
    id: 'page-of-attendees',
    asks: 'ListAttendees of 101 without MaxResults',
    settles: {},
    ask: async ({ chime, open }) => {
      const { MeetingId } = await open();
      await chime.batchCreateAttendee({ MeetingId, Attendees: people(100) });
      await chime.batchCreateAttendee({ MeetingId, Attendees: people(1, 100) });
      return answerOf(chime.listAttendees({ MeetingId }), ({ Attendees = [] }) => {
        const secret = Attendees.every(({ JoinToken }) => JoinToken) ? 'with' : 'without';
        return `${Attendees.length} on the first page, ${secret} join tokens`;
      });
    },
  },
];

const withAttendees = ({ chime, input }: Lab, many: number) =>
  answerOf(chime.createMeetingWithAttendees({ ...input(), Attendees: people(many) }), tally);
