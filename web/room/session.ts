import {
  DefaultDeviceController,
  DefaultEventController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  NoOpEventReporter,
  NoOpLogger,
} from 'amazon-chime-sdk-js';
import type { Joined, Promotion } from '../../client/balcony.ts';
import { codeOf, credentialsOf, type StopCode } from '../../client/stay/chime.ts';
import type { ChimeTranscript } from './captions/heard.ts';

/** One connection of the Chime client. Only this file loads the client. */
export type Session = ReturnType<typeof openSession>;

/**
 * Opens a session at Chime. It asks for no device. The client's logs would contain credentials, so logging is off. Event
 * reports of the page to Amazon, which the client sends by default, are off as well:
 * https://github.com/aws/amazon-chime-sdk-js/blob/main/guides/12_Client_Event_Ingestion.md
 */
export function openSession({ Meeting, Attendee, clientHints }: Joined) {
  const configuration = new MeetingSessionConfiguration(Meeting, Attendee);
  configuration.attendeePresenceTimeoutMs = clientHints.attendeePresenceTimeoutMs;
  const logger = new NoOpLogger(LogLevel.OFF);
  const devices = new DefaultDeviceController(logger);
  const events = new DefaultEventController(configuration, logger, new NoOpEventReporter());
  const { audioVideo } = new DefaultMeetingSession(configuration, logger, devices, events);
  audioVideo.realtimeMuteLocalAudio();
  const own = new Set([Attendee.AttendeeId]);
  const stopped = new Promise<StopCode>((resolve) => {
    audioVideo.addObserver({ audioVideoDidStop: (status) => resolve(codeOf(status)) });
  });
  return {
    audioVideo,
    /** Whether an attendee is this page's, in its seat or on stage. */
    isOwn: (attendeeId: string) => own.has(attendeeId),
    stopped,
    /** Resolves to the result code; the promotion succeeded only if it is OK. */
    promote: async (promotion: Promotion): Promise<StopCode> => {
      own.add(promotion.Attendee.AttendeeId);
      return codeOf(await audioVideo.promoteToPrimaryMeeting(credentialsOf(promotion)));
    },
    /** Calls back when the session has started; not again when it reconnects. */
    onFirstStart: (listener: () => void) => {
      const observer = {
        audioVideoDidStart: () => {
          audioVideo.removeObserver(observer);
          listener();
        },
      };
      audioVideo.addObserver(observer);
    },
    /** Calls back for captions, and for changes of their state. */
    onTranscript: (listener: (event: ChimeTranscript) => void) =>
      audioVideo.transcriptionController?.subscribeToTranscriptEvent((event) =>
        listener(event as ChimeTranscript),
      ),
    /** Calls back when the promotion ends by another cause than this page. */
    onDemoted: (listener: (why: StopCode) => void) =>
      audioVideo.addObserver({
        audioVideoWasDemotedFromPrimaryMeeting: (status) => listener(codeOf(status)),
      }),
    close: async () => {
      await Promise.allSettled([audioVideo.stopVideoInput(), audioVideo.stopAudioInput()]);
      audioVideo.stop();
    },
  };
}
