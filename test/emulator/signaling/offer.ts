const SECURITY = `a=ice-ufrag:1SmY
a=ice-pwd:H/9N4feAhluQm1ufDA08/45W
a=ice-options:trickle
a=fingerprint:sha-256 F8:31:8B:B7:99:A0:23:F5:5C:32:B2:98:06:01:38:4B:8D:28:3E:BD:7D:BF:B8:BF:5A:D5:60:7B:05:46:20:86
a=setup:actpass`;

const AUDIO = `m=audio 55571 UDP/TLS/RTP/SAVPF 63 111 9 0 8 13 110 126
c=IN IP4 127.0.0.1
a=rtcp:9 IN IP4 0.0.0.0
a=candidate:814808278 1 udp 2122194687 127.0.0.1 55571 typ host generation 0 network-id 3 network-cost 50
${SECURITY}
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:7b5d8f42-7ec8-4ee8-b3c0-87d27b1bbc12 c5c17173-b944-4e86-af2d-06fdfa17d241
a=rtcp-mux
a=rtcp-rsize
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:9 G722/8000`;

const VP8_AND_OTHERS = `a=rtpmap:96 VP8/90000
a=rtcp-fb:96 goog-remb
a=rtcp-fb:96 nack
a=rtcp-fb:96 nack pli
a=rtpmap:97 rtx/90000
a=fmtp:97 apt=96
a=rtpmap:98 VP9/90000
a=fmtp:98 profile-id=0`;

const video = (
  mid: number,
  direction: string,
  codecs = VP8_AND_OTHERS,
) => `m=video 9 UDP/TLS/RTP/SAVPF 98 96 97
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
${SECURITY}
a=mid:${mid}
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=${direction}
a=rtcp-mux
a=rtcp-rsize
${codecs}`;

const sdp = (...sections: string[]) =>
  `${[
    `v=0
o=mozilla-chrome 2078949037095138299 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE ${sections.map((_, mid) => mid).join(' ')}
a=extmap-allow-mixed
a=msid-semantic: WMS 7b5d8f42-7ec8-4ee8-b3c0-87d27b1bbc12`,
    ...sections,
  ]
    .join('\n')
    .replaceAll('\n', '\r\n')}\r\n`;

/** What Chromium 156 offers when the client starts: most codecs, extensions and candidates are left out here. */
export const OFFER = sdp(AUDIO, video(1, 'inactive'));

/** The offer of a client with its camera on, two videos to receive, and a third section that was stopped. */
export const VIDEO_OFFER = sdp(
  AUDIO,
  video(1, 'sendrecv'),
  video(2, 'recvonly'),
  video(3, 'recvonly'),
  video(4, 'inactive').replace('m=video 9', 'm=video 0'),
);

/** An offer of video without the one codec that is answered. */
export const OFFER_WITHOUT_VP8 = sdp(AUDIO, video(1, 'sendrecv', 'a=rtpmap:98 VP9/90000'));
