import type { Direction, Offer, OfferedSection } from './offer.ts';
import type { Address, IceName } from './stun.ts';

export const AUDIO_LEVEL = 'urn:ietf:params:rtp-hdrext:ssrc-audio-level';

/** The codec of each kind of section, which every browser has. The answer omits all others, which declines them. */
export const CODECS: Record<string, string> = { audio: 'opus/48000/2', video: 'vp8/90000' };

/** The server's side of an answer. */
export interface Local {
  name: IceName;
  local: Address;
  fingerprint: { algorithm: string; value: string };
  /** The SSRC that the server sends with in a section. */
  ssrcOf(mid: string): number;
}

const OPPOSITE: Record<Direction, Direction> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/**
 * The SDP answer of an ICE-lite server that starts DTLS itself. Inactive sections stay open at port 9: at port 0 the browser
 * would stop them for good, and the camera could never be started in them.
 */
export function answerTo({ sections }: Offer, local: Local): string {
  const bundled = sections.filter(isTaken).map(({ mid }) => mid);
  return lines([
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${bundled.join(' ')}`,
    'a=msid-semantic: WMS *',
    'a=ice-lite',
    ...sections.flatMap((section) => (isTaken(section) ? taken(section, local) : declined(section))),
  ]);
}

/** Whether a section is accepted. */
export const isTaken = (section: OfferedSection) => !section.isRejected && payloadType(section) !== undefined;

/** The payload type of the accepted codec. */
export const payloadType = ({ kind, codecs }: OfferedSection) => codecs.get(CODECS[kind] ?? '');

/** Whether the client receives media in a section. */
export const receives = ({ direction }: OfferedSection) =>
  direction === 'recvonly' || direction === 'sendrecv';

/** The stream of a video section is named after its mid, a convention between service and client. */
export const trackLabel = ({ kind, mid }: Pick<OfferedSection, 'kind' | 'mid'>) =>
  kind === 'video' ? `v_${mid}` : `a_${mid}`;

function taken(section: OfferedSection, local: Local): string[] {
  const { kind, mid, direction } = section;
  const { address, port } = local.local;
  const format = payloadType(section);
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${format}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    `a=${OPPOSITE[direction]}`,
    `a=ice-ufrag:${local.name.ufrag}`,
    `a=ice-pwd:${local.name.password}`,
    `a=fingerprint:${local.fingerprint.algorithm} ${local.fingerprint.value}`,
    'a=setup:active',
    'a=rtcp-mux',
    ...codecLines(section),
    ...(receives(section) ? sourceLines(section, local.ssrcOf(mid)) : []),
    `a=candidate:1 1 udp 2130706431 ${address} ${port} typ host`,
    'a=end-of-candidates',
  ];
}

function codecLines(section: OfferedSection): string[] {
  const format = payloadType(section);
  const level = section.extensions.get(AUDIO_LEVEL);
  if (section.kind === 'video') {
    return [`a=rtpmap:${format} VP8/90000`, `a=rtcp-fb:${format} nack pli`];
  }
  return [
    `a=rtpmap:${format} opus/48000/2`,
    `a=fmtp:${format} minptime=10;useinbandfec=1`,
    ...(level === undefined ? [] : [`a=extmap:${level} ${AUDIO_LEVEL}`]),
  ];
}

function sourceLines(section: OfferedSection, ssrc: number): string[] {
  const label = trackLabel(section);
  return [`a=msid:${label} ${label}`, `a=ssrc:${ssrc} cname:chime`, `a=ssrc:${ssrc} msid:${label} ${label}`];
}

const declined = ({ kind, mid, formats }: OfferedSection) => [
  `m=${kind} 0 UDP/TLS/RTP/SAVPF ${formats.join(' ')}`,
  'c=IN IP4 0.0.0.0',
  `a=mid:${mid}`,
  'a=inactive',
];

const lines = (all: string[]) => `${all.join('\r\n')}\r\n`;
