import { useAudioVideo, useMeetingManager, VideoTileGrid } from 'amazon-chime-sdk-component-library-react';
import {
  DefaultEventController,
  LogLevel,
  type MeetingSessionConfiguration,
  NoOpEventReporter,
  NoOpLogger,
} from 'amazon-chime-sdk-js';
import type { Balcony } from 'balcony-client';
import { type MeetingJoin, useMeetingJoin } from 'balcony-client/react';
import { ENDED, REFUSED, WAITING } from './words.ts';

interface ViewerProps {
  client: Balcony;
  meeting: string;
}

/** Sends no events of this page to Amazon, which the Chime client does by default. */
const managerOptions = (configuration: MeetingSessionConfiguration) => {
  const logger = new NoOpLogger(LogLevel.OFF);
  return { eventController: new DefaultEventController(configuration, logger, new NoOpEventReporter()) };
};

/** A viewer's page: the wait, the stage, the hand, and the way onto the stage and back. */
export function Viewer({ client, meeting }: ViewerProps) {
  const me = useMeetingJoin({ client, meeting, manager: useMeetingManager(), managerOptions });
  switch (me.state) {
    case 'joining':
      return <p role="status">One moment …</p>;
    case 'waiting':
      return <p role="status">{WAITING[me.waiting.reason]}</p>;
    case 'interrupted':
      return <p role="status">The meeting was interrupted. You are joining again.</p>;
    case 'refused':
      return <Out words={REFUSED[me.refusal.code] ?? me.refusal.detail} retry={me.retry} />;
    case 'failed':
      return <Out words="Something went wrong on this page." retry={me.retry} />;
    case 'left':
      return <Out words={ENDED[me.stopped] ?? 'You have left the meeting.'} retry={me.retry} />;
    case 'joined':
      return <Room me={me} />;
  }
}

function Out({ words, retry }: { words: string; retry: () => void }) {
  return (
    <section>
      <p role="alert">{words}</p>
      <button type="button" onClick={retry}>
        Join again
      </button>
    </section>
  );
}

function Room({ me }: { me: MeetingJoin }) {
  return (
    <main>
      <p role="status">{me.isOnStage ? 'You are on stage.' : 'You are in the audience.'}</p>
      <div style={{ height: '60vh' }}>
        <VideoTileGrid layout="standard" noRemoteVideoView={<p>No camera is on.</p>} />
      </div>
      {me.isOnStage ? <OnStage leaveStage={me.leaveStage} /> : <Hand me={me} />}
      <button type="button" onClick={me.leave}>
        Leave
      </button>
    </main>
  );
}

function Hand({ me: { isHandUp, raiseHand, lowerHand } }: { me: MeetingJoin }) {
  return (
    <button type="button" aria-pressed={isHandUp} onClick={isHandUp ? lowerHand : raiseHand}>
      {isHandUp ? 'Lower hand' : 'Raise hand'}
    </button>
  );
}

/** The browser asks for the camera and the microphone when a button is first pressed. */
function OnStage({ leaveStage }: { leaveStage: () => Promise<void> }) {
  const audioVideo = useAudioVideo();
  const startCamera = async () => {
    await audioVideo?.startVideoInput({ width: { ideal: 640 } });
    audioVideo?.startLocalVideoTile();
  };
  const startMicrophone = () => audioVideo?.startAudioInput({ echoCancellation: true });
  return (
    <div>
      <button type="button" onClick={startCamera}>
        Camera
      </button>
      <button type="button" onClick={startMicrophone}>
        Microphone
      </button>
      <button type="button" onClick={leaveStage}>
        Leave the stage
      </button>
    </div>
  );
}
