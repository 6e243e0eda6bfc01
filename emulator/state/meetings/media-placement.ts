import type { EmulatorOptions } from '../../options.ts';
import type { RandomHex } from '../random.ts';
import { codeOf } from '../regions.ts';
import type { Scope } from '../scope.ts';

/**
 * The URLs of a client's connection, shaped as in public captures of real meetings. With signaling on, SignalingUrl and
 * EventIngestionUrl answer; clients do not use the others.
 */
export interface MediaPlacement {
  AudioHostUrl: string;
  AudioFallbackUrl: string;
  SignalingUrl: string;
  TurnControlUrl: string;
  ScreenDataUrl: string;
  ScreenViewingUrl: string;
  ScreenSharingUrl: string;
  EventIngestionUrl?: string;
}

interface Place {
  meetingId: string;
  scope: Scope;
  mediaRegion: string;
}

/** The URLs of a new meeting. With `signalingUrlBase` all of them are on that host. */
export function mediaPlacement(options: EmulatorOptions, place: Place, hex: RandomHex): MediaPlacement {
  const { signalingUrlBase, eventIngestionUrl } = options;
  const base = signalingUrlBase === null ? onAws(place, hex) : onHost(signalingUrlBase, place);
  const ingestion = eventIngestionUrl ?? (signalingUrlBase === null ? ingestionOnAws(place) : undefined);
  return { ...base, ...(ingestion === undefined ? {} : { EventIngestionUrl: ingestion }) };
}

function onAws({ meetingId, scope, mediaRegion }: Place, hex: RandomHex): MediaPlacement {
  const stack = `m${1 + (Number.parseInt(hex(2), 16) % 3)}.${codeOf(mediaRegion)}.app.chime.aws`;
  const screen = `wss://bitpw.${stack}:443`;
  const cell = `${meetingId.slice(-4)}.cell.${scope.controlRegion}.meetings.chime.aws`;
  return {
    AudioHostUrl: `${hex(32)}.k.${stack}:3478`,
    AudioFallbackUrl: `wss://wss.k.${stack}:443/calls/${meetingId}`,
    SignalingUrl: `wss://signal.${stack}/control/${meetingId}`,
    TurnControlUrl: `https://${cell}/v2/turn_sessions`,
    ScreenDataUrl: `${screen}/v2/screen/${meetingId}`,
    ScreenViewingUrl: `${screen}/ws/connect?passcode=null&viewer_uuid=null&X-BitHub-Call-Id=${meetingId}`,
    ScreenSharingUrl: `${screen}/v2/screen/${meetingId}`,
  };
}

function onHost(signalingUrlBase: string, { meetingId }: Place): MediaPlacement {
  const base = signalingUrlBase.replace(/\/$/, '');
  return {
    AudioHostUrl: new URL(base).host,
    AudioFallbackUrl: `${base}/calls/${meetingId}`,
    SignalingUrl: `${base}/control/${meetingId}`,
    TurnControlUrl: `${base.replace(/^ws/, 'http')}/v2/turn_sessions`,
    ScreenDataUrl: `${base}/v2/screen/${meetingId}`,
    ScreenViewingUrl: `${base}/ws/connect?X-BitHub-Call-Id=${meetingId}`,
    ScreenSharingUrl: `${base}/v2/screen/${meetingId}`,
  };
}

function ingestionOnAws({ mediaRegion }: Place): string {
  const asian = mediaRegion.startsWith('ap-northeast-') ? 'an1' : 'as1';
  const code = mediaRegion.startsWith('ap-') ? asian : 'ue1';
  return `https://data.svc.${code}.ingest.chime.aws/v1/client-events`;
}
