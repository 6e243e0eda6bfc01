import type { RtcpPacket, RtpPacket } from 'werift';
import { SILENT } from './loudest.ts';
import type { PeerListener } from './peer.ts';
import type { Negotiated } from './sections.ts';
import type { Werift } from './secure.ts';

/** Forwards one packet of a client. Returns its SSRC if it is of the camera. */
export function receiveRtp(
  negotiated: Negotiated | undefined,
  { header, payload }: RtpPacket,
  listener: PeerListener,
): number | undefined {
  const { payloadType, ssrc, sequenceNumber, timestamp, marker } = header;
  if (payload.length === 0) return undefined; // padding, by which browsers probe for bandwidth
  if (payloadType === negotiated?.audio?.payloadType) {
    const level = header.extensions.find(({ id }) => id === negotiated?.audio?.levelExtension);
    listener.heard({ payload, quietness: level ? (level.payload[0] ?? SILENT) & 127 : 0 });
    return undefined;
  }
  if (payloadType !== negotiated?.cameraType) return undefined;
  listener.saw({ payload, sequenceNumber, timestamp, marker });
  return ssrc;
}

/** Forwards a client's request for a key frame. A forwarder has no use for other reports. */
export function receiveRtcp(werift: Werift, { negotiated, packet, listener }: RtcpHeard): void {
  if (!(packet instanceof werift.RtcpPayloadSpecificFeedback)) return;
  const { feedback } = packet;
  if (!(feedback instanceof werift.PictureLossIndication)) return;
  const section = negotiated?.video.find(({ ssrc }) => ssrc === feedback.mediaSsrc);
  if (section && section.streamId !== 0) listener.lost(section.streamId);
}

interface RtcpHeard {
  negotiated: Negotiated | undefined;
  packet: RtcpPacket;
  listener: PeerListener;
}
