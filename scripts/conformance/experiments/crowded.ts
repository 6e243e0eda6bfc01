import { answerOf, Inconclusive } from '../answer.ts';
import { type Experiment, every } from '../experiment.ts';

/**
 * Whether a replica counts among the concurrent meetings. It opens as many meetings as the account may have, which blocks all
 * other users meanwhile. So it runs only on request.
 */
export function crowded(quota: number): Experiment {
  return {
    id: 'replica-in-a-full-account',
    asks: `CreateMeeting of a replica, when no ordinary meeting is accepted any more (after ${quota} at most)`,
    settles: every('replicasCountAsMeetings'),
    given: { concurrentMeetings: quota },
    ask: async ({ chime, input }) => {
      const first = await chime.createMeeting(input());
      const PrimaryMeetingId = first.Meeting?.MeetingId;
      for (let opened = 1; opened <= quota; opened++) {
        const { came } = await answerOf(chime.createMeeting(input()));
        if (came !== 'accepted') return answerOf(chime.createMeeting(input({ PrimaryMeetingId })));
      }
      throw new Inconclusive(`the account may have more than ${quota} meetings at once`);
    },
  };
}
