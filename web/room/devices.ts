import { byId } from '../dom.ts';
import { attempt } from './said.ts';
import type { Session } from './session.ts';
import { deviceWords, PlainError } from './words.ts';

const CAMERA = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15 } };

/** Microphone, camera and screen of a person on stage. The browser asks for each when its button is first pressed. */
export function devicesOf({ audioVideo }: Session) {
  let hasMicrophone = false;
  const on = { microphone: false, camera: false, screen: false };
  type Device = keyof typeof on;

  const show = (device: Device, isOn: boolean) => {
    on[device] = isOn;
    byId(device).ariaPressed = String(isOn);
  };

  const switches: Record<Device, (wanted: boolean) => Promise<unknown> | unknown> = {
    microphone: async (wanted) => {
      if (!wanted) return audioVideo.realtimeMuteLocalAudio();
      if (!hasMicrophone) await audioVideo.startAudioInput({ echoCancellation: true });
      hasMicrophone = true;
      if (!audioVideo.realtimeUnmuteLocalAudio())
        throw new PlainError('You are not allowed to speak at the moment.');
    },
    camera: async (wanted) => {
      if (!wanted) return stopCamera();
      await audioVideo.startVideoInput(CAMERA);
      audioVideo.startLocalVideoTile();
    },
    screen: (wanted) =>
      wanted ? audioVideo.startContentShareFromScreenCapture() : audioVideo.stopContentShare(),
  };
  const stopCamera = async () => {
    audioVideo.removeLocalVideoTile();
    await audioVideo.stopVideoInput();
  };

  for (const device of Object.keys(on) as Device[]) {
    show(device, false);
    byId(device).onclick = () =>
      attempt(async () => {
        const wanted = !on[device];
        await Promise.resolve(switches[device](wanted)).catch((error) => {
          throw new PlainError(deviceWords(device, error), { cause: error });
        });
        show(device, wanted);
      });
  }
  audioVideo.realtimeSubscribeToMuteAndUnmuteLocalAudio((muted) =>
    show('microphone', !muted && hasMicrophone),
  );
  audioVideo.addContentShareObserver({ contentShareDidStop: () => show('screen', false) });
  audioVideo.addObserver({ videoSendDidBecomeUnavailable: () => show('camera', false) });

  return {
    mute: () => audioVideo.realtimeMuteLocalAudio(),
    /** Allows the devices, or switches all of them off. */
    allow: async (allowed: boolean): Promise<void> => {
      byId('devices').hidden = !allowed;
      if (allowed) return;
      if (on.screen) audioVideo.stopContentShare();
      if (on.camera) await stopCamera();
      if (hasMicrophone) await audioVideo.stopAudioInput();
      hasMicrophone = false;
      for (const device of Object.keys(on) as Device[]) show(device, false);
    },
  };
}
