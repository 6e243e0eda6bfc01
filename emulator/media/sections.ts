import { AUDIO_LEVEL, answerTo, isTaken, type Local, payloadType, receives, trackLabel } from './answer.ts';
import { type OfferedSection, readOffer } from './offer.ts';
import type { Track } from './peer.ts';

/** A section in which the client receives video. */
export interface VideoSection {
  mid: string;
  ssrc: number;
  payloadType: number;
  streamId: number;
}

/** The section of the client's microphone and speakers. */
export interface AudioSection {
  ssrc: number;
  payloadType: number;
  /** The number of the header extension with a packet's loudness. */
  levelExtension: number | undefined;
}

/** An answered offer: the SDP, and the purpose of each section from now on. */
export interface Negotiated {
  sdp: string;
  fingerprint: { algorithm: string; value: string };
  audio: AudioSection | undefined;
  video: VideoSection[];
  /** The payload type of the client's camera, if the client may send one. */
  cameraType: number | undefined;
}

/** Answers an offer, and keeps the result. Streams are assigned to the video sections by position. */
export function negotiate(sdp: string, receiveStreamIds: number[], local: Local): Negotiated {
  const offer = readOffer(sdp);
  const videos = offer.sections.filter(({ kind }) => kind === 'video');
  const video = videos.flatMap((section, index) => {
    const { mid } = section;
    const type = payloadType(section);
    if (!isTaken(section) || !receives(section) || type === undefined) return [];
    return [{ mid, ssrc: local.ssrcOf(mid), payloadType: type, streamId: receiveStreamIds[index] ?? 0 }];
  });
  return {
    sdp: answerTo(offer, local),
    fingerprint: offer.fingerprint,
    audio: audioOf(offer.sections, local),
    video,
    cameraType: videos.filter(isTaken).map(payloadType)[0],
  };
}

function audioOf(sections: OfferedSection[], local: Local): AudioSection | undefined {
  const section = sections.find((each) => each.kind === 'audio' && isTaken(each));
  const type = section && payloadType(section);
  if (!section || type === undefined) return undefined;
  const levelExtension = section.extensions.get(AUDIO_LEVEL);
  return { ssrc: local.ssrcOf(section.mid), payloadType: type, levelExtension };
}

/** The sections in which the client receives, as the client is told. */
export const tracksOf = ({ video }: Negotiated): Track[] =>
  video
    .filter(({ streamId }) => streamId !== 0)
    .map(({ streamId, ssrc, mid }) => ({ streamId, ssrc, trackLabel: trackLabel({ kind: 'video', mid }) }));
