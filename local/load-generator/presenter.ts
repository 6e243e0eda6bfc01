import type { Ask, Member } from './ask.ts';
import type { Emulator } from './emulator.ts';

interface Place {
  meetingId: string;
  attendeeId: string;
}

/** A presenter whose media connection is simulated in the emulator, so that Chime does not end the primary. */
export type Presenter = ReturnType<typeof presenterOf>;

/** A presenter who has not joined. Each call of `advance` is one step towards the wanted state. */
export function presenterOf(ask: Ask, emulator: Emulator) {
  const member: Member = { sub: 'load-generator-presenter', role: 'presenter' };
  let wanted = false;
  let place: Place | undefined;

  async function joinStage() {
    const { status, body } = await ask(member, 'POST /join');
    if (status !== 200) return;
    const got = { meetingId: body.Meeting.MeetingId, attendeeId: body.Attendee.AttendeeId };
    await emulator.presence({ ...got, event: 'joined' });
    place = got;
  }
  async function leaveStage({ meetingId, attendeeId }: Place) {
    await emulator.presence({ meetingId, attendeeId, event: 'left' }).catch(() => {}); // the meeting may have ended
    if ((await ask(member, 'POST /leave')).status === 204) place = undefined;
  }

  return {
    want: (onStage: boolean) => {
      wanted = onStage;
    },
    isWanted: () => wanted,
    isOnStage: () => place !== undefined,
    isSettled: () => wanted === (place !== undefined),
    /**
     * Takes one step. If the meeting has ended, the presenter's connection reports that, and the presenter joins again.
     */
    advance: async (live: ReadonlySet<string>) => {
      if (place && !live.has(place.meetingId)) place = undefined;
      if (wanted && !place) await joinStage();
      if (!wanted && place) await leaveStage(place);
    },
  };
}
