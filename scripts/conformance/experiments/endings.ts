import { answerOf } from '../answer.ts';
import { type Experiment, every, UNKNOWN } from '../experiment.ts';
import type { Lab } from '../lab.ts';

async function ended(lab: Lab): Promise<{ MeetingId: string }> {
  const { MeetingId } = await lab.open();
  await lab.chime.deleteMeeting({ MeetingId });
  return { MeetingId };
}

/** The responses for meetings and attendees that are gone or never existed. */
export const endings: Experiment[] = [
  {
    id: 'second-delete-of-a-meeting',
    asks: 'DeleteMeeting of a meeting that was deleted a moment ago',
    settles: every('secondDeleteError'),
    ask: async (lab) => answerOf(lab.chime.deleteMeeting(await ended(lab))),
  },
  {
    id: 'second-delete-of-an-attendee',
    asks: 'DeleteAttendee of an attendee who was deleted a moment ago',
    settles: every('secondDeleteError'),
    ask: async (lab) => {
      const { MeetingId } = await lab.open();
      const { AttendeeId } = await lab.admit({ MeetingId });
      await lab.chime.deleteAttendee({ MeetingId, AttendeeId });
      return answerOf(lab.chime.deleteAttendee({ MeetingId, AttendeeId }));
    },
  },
  {
    id: 'get-after-delete',
    asks: 'GetMeeting right after DeleteMeeting answered',
    settles: {},
    ask: async (lab) => answerOf(lab.chime.getMeeting(await ended(lab)), () => 'still found'),
  },
  {
    id: 'admit-after-delete',
    asks: 'CreateAttendee right after DeleteMeeting answered',
    settles: {},
    ask: async (lab) =>
      answerOf(lab.chime.createAttendee({ ...(await ended(lab)), ExternalUserId: 'maria' })),
  },
  {
    id: 'get-of-an-unknown-meeting',
    asks: 'GetMeeting of an id that was never given',
    settles: {},
    ask: ({ chime }) => answerOf(chime.getMeeting({ MeetingId: UNKNOWN })),
  },
];
