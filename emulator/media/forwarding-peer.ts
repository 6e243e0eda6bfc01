import type { RTCDtlsTransport } from 'werift';
import { receiveRtcp, receiveRtp } from './incoming.ts';
import { createOutgoing } from './outgoing.ts';
import { openPath } from './path.ts';
import type { OpenPeer } from './peer.ts';
import { type Negotiated, negotiate, tracksOf } from './sections.ts';
import { begin, end, secure, type Werift } from './secure.ts';
import { drawSsrcs } from './silent-peer.ts';

/** A peer that forwards audio and video in both directions, over werift's DTLS and SRTP. */
export const openForwardingPeer =
  (werift: Werift, host: string): OpenPeer =>
  async (listener) => {
    const path = await openPath(host);
    const transport = await secure(werift, path);
    const local = { ...path, fingerprint: fingerprintOf(transport), ssrcOf: drawSsrcs() };
    const outgoing = createOutgoing(werift, transport);
    let negotiated: Negotiated | undefined;
    let cameraSsrc = 0;
    transport.onRtp.subscribe((packet) => {
      const camera = receiveRtp(negotiated, packet, listener);
      if (camera) cameraSsrc = camera;
    });
    transport.onRtcp.subscribe((packet) => receiveRtcp(werift, { negotiated, packet, listener }));
    return {
      answer: (offer, receiveStreamIds) => {
        const isFirst = negotiated === undefined;
        negotiated = negotiate(offer, receiveStreamIds, local);
        outgoing.follow(negotiated);
        if (isFirst) begin(werift, { path, transport }, negotiated.fingerprint);
        return { sdp: negotiated.sdp, tracks: tracksOf(negotiated) };
      },
      switchStream: (mid, streamId) => {
        const section = negotiated?.video.find((each) => each.mid === mid);
        if (section) section.streamId = streamId;
      },
      play: outgoing.play,
      show: outgoing.show,
      refreshPicture: () => outgoing.requestPicture(cameraSsrc),
      close: () => {
        outgoing.close();
        end(transport);
      },
    };
  };

const fingerprintOf = (transport: RTCDtlsTransport) =>
  transport.localParameters.fingerprints[0] ?? { algorithm: 'sha-256', value: '' };
