import { answerOf } from '../answer.ts';
import { type Experiment, every, people } from '../experiment.ts';
import type { Lab } from '../lab.ts';
import { tally } from './attendees.ts';

const ofTwo = ({ open }: Lab) => open({ MeetingFeatures: { Attendee: { MaxCount: 2 } } });

const one = ({ chime }: Lab, MeetingId: string, ExternalUserId = 'late') =>
  answerOf(chime.createAttendee({ MeetingId, ExternalUserId }));

/** The response to an attendee beyond the capacity. */
export const capacity: Experiment[] = [
  {
    id: 'attendee-beyond-max-count',
    asks: 'CreateAttendee of a third, where MaxCount is 2',
    settles: every('capacityError'),
    ask: async (lab) => {
      const { MeetingId } = await ofTwo(lab);
      await lab.chime.batchCreateAttendee({ MeetingId, Attendees: people(2) });
      return one(lab, MeetingId);
    },
  },
  {
    id: 'room-after-delete',
    asks: 'CreateAttendee of a third, where MaxCount is 2 and one of two was deleted',
    settles: {},
    ask: async (lab) => {
      const { MeetingId } = await ofTwo(lab);
      const { AttendeeId } = await lab.admit({ MeetingId });
      await lab.admit({ MeetingId }, 'jens');
      await lab.chime.deleteAttendee({ MeetingId, AttendeeId });
      return one(lab, MeetingId);
    },
  },
  {
    id: 'batch-over-capacity',
    asks: 'BatchCreateAttendee of three, where MaxCount is 2',
    settles: every('batchOverCapacity', 'capacityError'),
    ask: async (lab) => {
      const { MeetingId } = await ofTwo(lab);
      return answerOf(lab.chime.batchCreateAttendee({ MeetingId, Attendees: people(3) }), tally);
    },
  },
  {
    id: 'attendee-251',
    asks: 'CreateAttendee of the 251st, where no MaxCount was given',
    settles: { ...every('capacityError'), attendeesPerMeeting: [250, 1000] },
    ask: async (lab) => {
      const { MeetingId } = await lab.open();
      for (const [many, from] of [
        [100, 0],
        [100, 100],
        [50, 200],
      ] as const)
        await lab.chime.batchCreateAttendee({ MeetingId, Attendees: people(many, from) });
      return one(lab, MeetingId);
    },
  },
];
