import * as Chime from 'amazon-chime-sdk-js';
import {
  ConsoleLogger,
  DefaultDeviceController,
  DefaultMeetingSession,
  LogLevel,
  MeetingSessionConfiguration,
  MeetingSessionCredentials,
  MeetingSessionStatusCode,
} from 'amazon-chime-sdk-js';

/** A client as any page would have it, and what came to it, for a test to read. */
const seen = { told: [], present: {}, messages: [], volumes: {} };

let audioVideo;

const tell = (what) => (status) =>
  seen.told.push(status ? `${what} ${MeetingSessionStatusCode[status.statusCode()]}` : what);

async function join(meeting, attendee, { speaks = false } = {}) {
  const logger = new ConsoleLogger('chime', LogLevel.WARN);
  const configuration = new MeetingSessionConfiguration(meeting, attendee);
  const session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger));
  audioVideo = session.audioVideo;
  watch(audioVideo);
  audioVideo.bindAudioElement(document.querySelector('audio'));
  if (speaks) await startMicrophone();
  audioVideo.start();
}

/** Clients before 3.0 choose a device, later ones start it. */
const startMicrophone = () =>
  audioVideo.startAudioInput?.('default') ?? audioVideo.chooseAudioInputDevice('default');

const startVideo = (deviceId) =>
  audioVideo.startVideoInput?.(deviceId) ?? audioVideo.chooseVideoInputDevice(deviceId);

function watch(client) {
  client.addObserver({
    audioVideoDidStart: tell('started'),
    audioVideoDidStop: tell('stopped'),
    audioVideoDidStartConnecting: (isReconnecting) => isReconnecting && seen.told.push('reconnecting'),
    audioVideoWasDemotedFromPrimaryMeeting: tell('demoted'),
    videoSendDidBecomeUnavailable: tell('video unavailable'),
    videoTileDidUpdate: bindTile,
  });
  client.addContentShareObserver({
    contentShareDidStart: tell('share started'),
    contentShareDidStop: tell('share stopped'),
  });
  client.realtimeSubscribeToAttendeeIdPresence((attendeeId, isPresent, externalUserId, isDropped) => {
    if (isPresent) seen.present[attendeeId] = externalUserId;
    else delete seen.present[attendeeId];
    if (isDropped) seen.told.push(`${externalUserId} dropped`);
    if (isPresent) client.realtimeSubscribeToVolumeIndicator(attendeeId, hearVolume);
  });
  client.realtimeSubscribeToReceiveDataMessage('chat', (message) =>
    seen.messages.push(`${message.senderExternalUserId}: ${message.text()}`),
  );
}

function hearVolume(attendeeId, volume, muted) {
  const known = seen.volumes[attendeeId] ?? {};
  seen.volumes[attendeeId] = { volume: volume ?? known.volume, muted: muted ?? known.muted };
}

function bindTile({ tileId, boundVideoElement, localTile }) {
  if (localTile || boundVideoElement) return;
  const video = document.body.appendChild(document.createElement('video'));
  audioVideo.bindVideoElement(tileId, video);
}

/** How much was decoded so far: energy of sound, and pictures by tile. */
async function decoded() {
  const stats = [...(await audioVideo.getRTCPeerConnectionStats()).values()];
  const incoming = stats.filter(({ type }) => type === 'inbound-rtp');
  const sum = (kind, member) =>
    incoming.filter((each) => each.kind === kind).reduce((total, each) => total + (each[member] ?? 0), 0);
  return {
    energy: sum('audio', 'totalAudioEnergy'),
    packets: sum('audio', 'packetsReceived'),
    lost: sum('audio', 'packetsLost'),
    pictures: sum('video', 'framesDecoded'),
  };
}

async function promote({ AttendeeId, ExternalUserId, JoinToken }) {
  const credentials = new MeetingSessionCredentials();
  Object.assign(credentials, {
    attendeeId: AttendeeId,
    externalUserId: ExternalUserId,
    joinToken: JoinToken,
  });
  return MeetingSessionStatusCode[(await audioVideo.promoteToPrimaryMeeting(credentials)).statusCode()];
}

async function startCamera() {
  const [camera] = await audioVideo.listVideoInputDevices();
  await startVideo(camera.deviceId);
  return audioVideo.startLocalVideoTile();
}

/** What the client's own readiness checker says, check by check, of a meeting and an attendee that nobody uses. */
async function checkReadiness(meeting, attendee) {
  const logger = new ConsoleLogger('readiness', LogLevel.WARN);
  const configuration = new MeetingSessionConfiguration(meeting, attendee);
  const session = new DefaultMeetingSession(configuration, logger, new DefaultDeviceController(logger));
  const looking = new Chime.MeetingReadinessCheckerConfiguration();
  looking.waitDurationMs = 100; // by default it looks every three seconds
  const checker = new Chime.DefaultMeetingReadinessChecker(logger, session, looking);
  const [microphone] = await session.audioVideo.listAudioInputDevices();
  const [camera] = await session.audioVideo.listVideoInputDevices();
  const checks = {
    AudioInput: () => checker.checkAudioInput(microphone.deviceId),
    VideoInput: () => checker.checkVideoInput(camera.deviceId),
    CameraResolution: () => checker.checkCameraResolution(camera.deviceId, 640, 480),
    AudioConnectivity: () => checker.checkAudioConnectivity(microphone.deviceId),
    VideoConnectivity: () => checker.checkVideoConnectivity(camera.deviceId),
    NetworkUDPConnectivity: () => checker.checkNetworkUDPConnectivity(),
    ContentShareConnectivity: () => checker.checkContentShareConnectivity(),
  };
  const said = {};
  for (const [name, check] of Object.entries(checks)) {
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the size of a page for tests does not matter
    said[name] = Chime[`Check${name}Feedback`][await check()];
  }
  return said;
}

/** A canvas that changes, for a screen. */
async function share() {
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d');
  setInterval(() => {
    brush.fillStyle = `hsl(${performance.now() % 360} 90% 50%)`;
    brush.fillRect(0, 0, canvas.width, canvas.height);
  }, 66);
  await audioVideo.startContentShare(canvas.captureStream(15));
}

window.client = {
  seen,
  join,
  decoded,
  promote,
  startCamera,
  share,
  startMicrophone,
  demote: () => audioVideo.demoteFromPrimaryMeeting(),
  checkReadiness,
  stopCamera: () => audioVideo.stopLocalVideoTile(),
  stopShare: () => audioVideo.stopContentShare(),
  stop: () => audioVideo.stop(),
  mute: () => audioVideo.realtimeMuteLocalAudio(),
  unmute: () => audioVideo.realtimeUnmuteLocalAudio(),
  say: (text) => audioVideo.realtimeSendDataMessage('chat', text, 1000),
  canSendVideo: () => audioVideo.canStartLocalVideo?.() ?? null,
  tiles: () =>
    audioVideo
      .getAllRemoteVideoTiles()
      .filter((tile) => tile.state().boundAttendeeId)
      .map((tile) => tile.state().boundExternalUserId),
};
