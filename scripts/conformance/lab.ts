import type {
  Attendee,
  ChimeSDKMeetings,
  CreateMeetingRequest,
  Meeting,
} from '@aws-sdk/client-chime-sdk-meetings';
import { discard } from './discard.ts';
import type { Journal } from './journal.ts';
import type { Clock, Pace } from './pace.ts';
import { endpointOf, otherRegion } from './place.ts';
import { type LabOptions, type Opening, watchedClient } from './watch.ts';

export type OpenMeeting = Meeting & { MeetingId: string };

/** The tools of an experiment. Every call keeps to the rate limit, and `tidy` deletes every meeting. */
export interface Lab {
  chime: ChimeSDKMeetings;
  /** The client in another control region. */
  elsewhere: ChimeSDKMeetings;
  endpoint: string;
  pace: Pace;
  clock: Clock;
  /** The input of CreateMeeting, with more members. */
  input(more?: Partial<CreateMeetingRequest>): CreateMeetingRequest;
  open(more?: Partial<CreateMeetingRequest>): Promise<OpenMeeting>;
  admit(meeting: { MeetingId: string }, ExternalUserId?: string): Promise<Attendee & { AttendeeId: string }>;
  /** The time to wait before the first use of a new meeting. */
  settlingMs: number;
  /** The masked account, once a meeting told it. */
  account(): string | undefined;
  /** Deletes everything that was opened. */
  tidy(): Promise<void>;
  close(): void;
}

/** Creates the clients of a place. No meeting is created yet. */
export function startLab(options: LabOptions): Lab {
  const { place, pace, clock } = options;
  const opening: Opening = { live: new Map(), account: undefined };
  const far = { ...place, region: otherRegion(place.region) };
  const [chime, elsewhere] = [watchedClient(place, options, opening), watchedClient(far, options, opening)];
  const input = inputsOf(options);
  const lab: Lab = {
    ...{ chime, elsewhere, endpoint: endpointOf(place), pace, clock, input, settlingMs: 0 },
    open: async (more) => {
      const { Meeting } = await chime.createMeeting(input(more));
      if (lab.settlingMs > 0) await clock.pause(lab.settlingMs);
      return Meeting as OpenMeeting;
    },
    admit: async ({ MeetingId }, ExternalUserId = 'maria') => {
      const { Attendee } = await chime.createAttendee({ MeetingId, ExternalUserId });
      return Attendee as Attendee & { AttendeeId: string };
    },
    account: () => opening.account,
    tidy: async () => {
      if (opening.live.size > 0) await clock.pause(lab.settlingMs);
      await tidy(opening, options.journal);
    },
    close: () => {
      for (const client of [chime, elsewhere]) client.destroy();
    },
  };
  return lab;
}

function inputsOf({ runId, place }: LabOptions): Lab['input'] {
  let names = 0;
  return (more = {}) => ({
    ClientRequestToken: crypto.randomUUID(),
    ExternalMeetingId: `balcony-conformance-${runId}-${++names}`,
    MediaRegion: place.region,
    ...more,
  });
}

/** Replicas are opened after their primary, and deleted before it. What cannot be deleted stays in the journal. */
async function tidy({ live }: Opening, journal: Journal): Promise<void> {
  for (const [meetingId, client] of [...live].reverse()) {
    live.delete(meetingId);
    if (await discard(client, meetingId)) journal.deleted(meetingId);
  }
}
