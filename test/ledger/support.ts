import { connect, disconnect } from '../../emulator/state/attendees/presence.ts';
import type { Attendee, Meeting } from '../../emulator/state/meetings/meeting.ts';
import type { Answer } from '../../lib/context.ts';
import type { AttendancePage, AttendedAnswer, UsageAnswer } from '../../lib/contract/answers/ledger.ts';
import type { ChimeEvent } from '../../lib/contract/chime-event.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import { useWorld } from '../flows/support.ts';
import { uniqueMeetingId } from '../support/people.ts';
import { credentialOf, someone } from '../support/stage/people.ts';

/** One set of deps for the tests of a file, where people connect at Chime, and events are delivered when a test says so. */
export function useHall() {
  const chime = useWorld();
  let heard: ChimeEvent[] = [];
  let lastAt = 0;
  beforeAll(() => {
    chime.world.emulator.state.onEvent(({ event }) => {
      heard.push(event.detail as unknown as ChimeEvent);
      lastAt = event.detail.timestamp;
    });
  });
  const state = () => chime.world.emulator.state;
  const attendeeIn = (meetingId: string, attendeeId: string) => {
    const meeting = state().meetings.get(meetingId) as Meeting;
    return { meeting, attendee: meeting.attendees.get(attendeeId) as Attendee };
  };
  return {
    chime,
    /** Chime's clock. */
    now: () => state().clock.now(),
    /** When Chime's latest event happened. */
    lastEventAt: () => lastAt,
    /** Advances both clocks. */
    pass: (ms: number) => {
      chime.pass(ms);
      chime.passAtChime(ms);
    },
    /** The events that Chime sent since the last call. */
    takeEvents: () => heard.splice(0),
    deliver: async (events: readonly ChimeEvent[]) => {
      for (const event of events) await applyEvent(event, chime.now());
    },
    /** Delivers all events that Chime sent since the last call. */
    deliverAll: async () => {
      for (const event of heard.splice(0)) await applyEvent(event, chime.now());
    },
    /** A meeting with a host on stage, and viewers in their seats. */
    open: async (...viewers: string[]) => {
      const name = uniqueMeetingId();
      const host = someone(name, 'the-host', { role: 'host' });
      await host.create({ meetingFeatures: { Attendee: { MaxCount: 60 } } });
      await host.seat();
      for (const who of viewers) await someone(name, who).seat({ mediaRegion: 'us-east-1' });
      heard = [];
      return { name, host };
    },
    /** The connection of a person with the credential of a join, or of a promotion. */
    line: async (name: string, who: string, side: 'seat' | 'promotion' = 'seat') => {
      const person = someone(name, who, who === 'the-host' ? { role: 'host' } : {});
      if (side === 'promotion') {
        const { Attendee, primaryMeetingId } = await credentialOf(person);
        return attendeeIn(primaryMeetingId, Attendee.AttendeeId);
      }
      const { Meeting, Attendee } = await person.seat({ mediaRegion: 'us-east-1' });
      return attendeeIn(Meeting.MeetingId, Attendee.AttendeeId);
    },
    connect: (line: { meeting: Meeting; attendee: Attendee }) => connect(state(), line),
    disconnect: (line: { meeting: Meeting; attendee: Attendee }, how: 'left' | 'dropped') =>
      disconnect(state(), line, how),
  };
}

export const pageIn = ({ body }: Answer) => body as AttendancePage;
export const usageIn = ({ body }: Answer) => body as UsageAnswer;

/** The attendance of one person on a page. */
export const personIn = (answer: Answer, who: string): AttendedAnswer | undefined =>
  pageIn(answer).attendance.find(({ externalUserId }) => externalUserId === who);

/** Intervals in whole minutes since an instant, as text: `stage 0-1`, with `?` if estimated. The clock also goes on by itself. */
export const since = (start: number, person: AttendedAnswer | undefined): string[] =>
  (person?.intervals ?? []).map(({ on, from, to, estimated }) => {
    const minute = (at: string) => Math.round((Date.parse(at) - start) / 60_000);
    return `${on} ${minute(from)}-${to === undefined ? '' : minute(to)}${estimated ? '?' : ''}`;
  });
