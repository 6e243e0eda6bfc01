import type { Attendee, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import type { RunningEmulator } from '../../../emulator/server.ts';
import { admit, openMeeting } from '../builders.ts';
import { outOfBand } from '../out-of-band.ts';
import { type EmulatedWorld, useEmulator } from '../support.ts';
import { closeAll } from './client.ts';

export type Seat = Attendee & { AttendeeId: string };
export type Place = Meeting & { MeetingId: string };

type SignalingWorld = Readonly<Pick<EmulatedWorld, 'chime' | 'emulator'>> & {
  /** What was logged during the test. */
  lines: string[];
  replica(primary: Place): Promise<Place>;
  admit(meeting: Place, name: string): Promise<Seat>;
};

/** An emulator that clients can join, for each test of the surrounding describe. */
export function useSignaling(options: Parameters<typeof useEmulator>[0] = {}): SignalingWorld {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const ample = { ratePerSecond: 1000, burst: 1000 };
  const world = useEmulator({ signaling: true, log, ...ample, ...options });
  beforeEach(() => void lines.splice(0));
  afterEach(closeAll);
  return {
    get chime() {
      return world.chime;
    },
    get emulator() {
      return world.emulator;
    },
    lines,
    replica: ({ MeetingId }) =>
      openMeeting(world.chime, { PrimaryMeetingId: MeetingId, MediaRegion: 'eu-central-1' }),
    admit: (meeting, name) => admit(world.chime, meeting, name),
  };
}

/** The connections that the emulator knows of. */
export async function connections(emulator: RunningEmulator) {
  const { body } = await outOfBand(emulator, 'GET signaling/connections');
  return body as { attendeeId: string; externalUserId: string; onStageAs: string | null; phase: string }[];
}

/** Wait for an event of a type, the n-th of it, by hearing all. */
export async function untilEvent(emulator: RunningEmulator, eventType: string): Promise<void> {
  const isThere = () =>
    emulator.state.events.since(0).some(({ event }) => event.detail.eventType === `chime:${eventType}`);
  while (!isThere()) await once(emulator);
}

function once({ state }: RunningEmulator): Promise<void> {
  return new Promise((resolve) => {
    const stop = state.watch(() => {
      stop();
      resolve();
    });
  });
}
