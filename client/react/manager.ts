import { type AudioVideoFacade, MeetingSessionConfiguration } from 'amazon-chime-sdk-js';
import type { Deps, Joined, Promotion } from '../balcony.ts';
import { codeOf, credentialsOf, type StopCode } from '../stay/chime.ts';

type Listener = (audioVideo: AudioVideoFacade | null) => void;

/** The part of the component library's `MeetingManager` that is used here: `useMeetingManager()` returns one. */
export interface Manager {
  audioVideo: AudioVideoFacade | null;
  join(configuration: MeetingSessionConfiguration, options?: object): Promise<void>;
  start(): Promise<void>;
  leave(): Promise<void>;
  subscribeToAudioVideo(listener: Listener): void;
  unsubscribeFromAudioVideo(listener: Listener): void;
}

/**
 * The library's `DeviceLabels.None`: a viewer is asked for no device.
 * https://github.com/aws/amazon-chime-sdk-component-library-react/blob/main/src/types/index.ts
 */
const NO_DEVICES = { deviceLabels: 1, skipDeviceSelection: true };

/** The longest wait for a session that was told to stop (milliseconds). */
const CLOSE_MS = 5000;

/** One connection of the Chime client, which the manager's providers show. */
export type Session = Awaited<ReturnType<typeof openSession>>;

/** The second argument of the manager's `join`, beside what a viewer needs. */
export type ManagerOptions = (configuration: MeetingSessionConfiguration, joined: Joined) => object;

/** Hands the answer of a join to the manager. */
export async function openSession(manager: Manager, joined: Joined, optionsOf?: ManagerOptions) {
  const configuration = new MeetingSessionConfiguration(joined.Meeting, joined.Attendee);
  configuration.attendeePresenceTimeoutMs = joined.clientHints.attendeePresenceTimeoutMs;
  const options = optionsOf?.(configuration, joined);
  await manager.join(configuration, { ...(joined.role === 'viewer' && NO_DEVICES), ...options });
  const audioVideo = manager.audioVideo as AudioVideoFacade;
  let [isStopDue, hasStarted, hasStopped] = [false, false, false];
  const stopped = new Promise<StopCode>((resolve) => {
    audioVideo.addObserver({
      audioVideoDidStart: () => {
        hasStarted = true;
      },
      audioVideoDidStop: (status) => {
        hasStopped = true;
        resolve(codeOf(status));
      },
    });
  });
  return {
    audioVideo,
    stopped,
    hasStarted: () => hasStarted,
    start: () => {
      isStopDue = true;
      return manager.start();
    },
    promote: async (promotion: Promotion): Promise<StopCode> =>
      codeOf(await audioVideo.promoteToPrimaryMeeting(credentialsOf(promotion))),
    /** Switches the devices of a person off who is no longer on stage. */
    stopDevices: async (): Promise<void> => {
      await Promise.allSettled([audioVideo.stopVideoInput(), audioVideo.stopAudioInput()]);
    },
    /**
     * Leaves, unless the session has stopped. Resolves when the manager is done with it: the manager leaves by itself after each
     * stop, and would otherwise leave the next session.
     */
    close: async ({ pause }: Deps): Promise<void> => {
      if (!hasStopped) {
        await manager.leave();
        const closed = new AbortController();
        if (isStopDue) await Promise.race([stopped, pause(CLOSE_MS, closed.signal)]);
        closed.abort();
      }
      await untilGone(manager, audioVideo);
    },
  };
}

function untilGone(manager: Manager, audioVideo: AudioVideoFacade): Promise<void> {
  if (manager.audioVideo !== audioVideo) return Promise.resolve();
  return new Promise((resolve) => {
    const listener: Listener = (current) => {
      if (current === audioVideo) return;
      manager.unsubscribeFromAudioVideo(listener);
      resolve();
    };
    manager.subscribeToAudioVideo(listener);
  });
}
