import { negotiate, tracksOf } from '../../../emulator/media/sections.ts';
import { OFFER, OFFER_WITHOUT_VP8, VIDEO_OFFER } from '../signaling/offer.ts';

const local = {
  name: { ufrag: 'ours', password: 'secret' },
  local: { address: '127.0.0.1', port: 4000 },
  fingerprint: { algorithm: 'sha-256', value: 'AA:BB' },
  ssrcOf: (mid: string) => 1000 + Number(mid),
};

/** The sections of an answer, by their mid. */
function answered(offer: string, receiveStreamIds: number[] = []) {
  const { sdp } = negotiate(offer, receiveStreamIds, local);
  const [session = '', ...sections] = sdp.split(/^m=/m);
  return { session, sections: sections.map((section) => `m=${section}`.trimEnd().split('\r\n')) };
}

describe('the SDP answer to a browser’s offer', () => {
  it('describes an ICE-lite server that starts DTLS', () => {
    const { session, sections } = answered(OFFER);
    expect(session).toContain('a=ice-lite\r\n');
    for (const section of sections) {
      expect(section).toEqual(
        expect.arrayContaining([
          'a=setup:active',
          'a=ice-ufrag:ours',
          'a=ice-pwd:secret',
          'a=fingerprint:sha-256 AA:BB',
          'a=rtcp-mux',
          'a=candidate:1 1 udp 2130706431 127.0.0.1 4000 typ host',
        ]),
      );
    }
  });

  it('accepts Opus and not the redundant encoding that is offered before it', () => {
    const [audio = []] = answered(OFFER).sections;
    expect(audio[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 111');
    expect(audio).toEqual(expect.arrayContaining(['a=mid:0', 'a=sendrecv', 'a=rtpmap:111 opus/48000/2']));
  });

  it('asks for the audio level of each packet', () => {
    const [audio = []] = answered(OFFER).sections;
    expect(audio).toContain('a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level');
    expect(negotiate(OFFER, [], local).audio).toEqual({ ssrc: 1000, payloadType: 111, levelExtension: 1 });
  });

  it('keeps an inactive section open, so that the camera can be started in it', () => {
    const [, video = []] = answered(OFFER).sections;
    expect(video[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 96');
    expect(video).toContain('a=inactive');
  });

  it('names the stream of a video section after its mid', () => {
    const [, camera = [], first = [], second = []] = answered(VIDEO_OFFER, [0, 7, 9]).sections;
    expect(camera).toEqual(expect.arrayContaining(['a=sendrecv', 'a=rtcp-fb:96 nack pli']));
    expect(first).toEqual(
      expect.arrayContaining(['a=sendonly', 'a=msid:v_2 v_2', 'a=ssrc:1002 msid:v_2 v_2']),
    );
    expect(second).toEqual(expect.arrayContaining(['a=sendonly', 'a=msid:v_3 v_3']));
  });

  it('assigns the requested streams to the sections in their place', () => {
    expect(tracksOf(negotiate(VIDEO_OFFER, [0, 7, 9], local))).toEqual([
      { streamId: 7, ssrc: 1002, trackLabel: 'v_2' },
      { streamId: 9, ssrc: 1003, trackLabel: 'v_3' },
    ]);
  });

  it('keeps a stopped section stopped, and out of the bundle', () => {
    const { session, sections } = answered(VIDEO_OFFER, [0, 7, 9]);
    expect(sections[4]).toEqual([
      'm=video 0 UDP/TLS/RTP/SAVPF 98 96 97',
      'c=IN IP4 0.0.0.0',
      'a=mid:4',
      'a=inactive',
    ]);
    expect(session).toContain('a=group:BUNDLE 0 1 2 3\r\n');
  });

  it('declines video codecs other than VP8', () => {
    expect(answered(OFFER_WITHOUT_VP8).sections[1]?.[0]).toBe('m=video 0 UDP/TLS/RTP/SAVPF 98 96 97');
    expect(negotiate(OFFER_WITHOUT_VP8, [0], local).cameraType).toBeUndefined();
  });
});
