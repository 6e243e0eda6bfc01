import { Inconclusive } from '../answer.ts';
import type { Experiment } from '../experiment.ts';
import type { Lab } from '../lab.ts';

const AT_MOST_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** Runs first: if a new meeting is not found at once, all other experiments must wait after each creation. */
export const fresh: Experiment[] = [
  {
    id: 'fresh-meeting',
    asks: 'CreateAttendee in a meeting right after CreateMeeting answered',
    settles: { freshMeetingNotFoundMs: [1000] },
    ask: async (lab) => {
      const meeting = await lab.open();
      const ms = await msUntilFound(lab, meeting.MeetingId);
      if (ms === 0) return { came: 'found at once' };
      lab.settlingMs = 2 * ms;
      return { came: 'not found at first', words: `for ${ms} ms` };
    },
  },
];

async function msUntilFound({ chime, clock }: Lab, MeetingId: string): Promise<number> {
  const from = clock.now();
  for (let looks = 0; clock.now() - from < AT_MOST_MS; looks++) {
    const isFound = await chime.createAttendee({ MeetingId, ExternalUserId: 'maria' }).then(
      () => true,
      (error: Error) => {
        if (error.name !== 'NotFoundException') throw error;
        return false;
      },
    );
    if (isFound) return looks === 0 ? 0 : Math.round(clock.now() - from);
    await clock.pause(LOOK_EVERY_MS);
  }
  throw new Inconclusive(`a new meeting was not found for ${AT_MOST_MS} ms`);
}
