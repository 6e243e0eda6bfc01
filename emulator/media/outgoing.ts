import { randomInt } from 'node:crypto';
import type { RTCDtlsTransport } from 'werift';
import { createPace, FRAME_MS, type Slot } from './pace.ts';
import type { Picture } from './peer.ts';
import type { Negotiated, VideoSection } from './sections.ts';
import type { Werift } from './secure.ts';
import { createSplice } from './splice.ts';

/** Samples in 20 ms at Opus' 48 kHz. */
const SLOT_TICKS = 960;
const SEQUENCE = 2 ** 16;
const TIMESTAMP = 2 ** 32;

/** A packet that cannot be sent is lost, as on any network. */
const letGo = (sending: Promise<unknown>) => void sending.catch(() => {});

/** The media sent to one client: an even stream of audio, and the video of its sections. */
export function createOutgoing(werift: Werift, transport: RTCDtlsTransport) {
  const pace = createPace(performance.now());
  const splices = new Map<string, ReturnType<typeof createSplice>>();
  const ownSsrc = randomInt(1, SEQUENCE);
  let negotiated: Negotiated | undefined;
  const isReady = () => transport.state === 'connected';

  const sendSlot = ({ payload, index, sequence }: Slot) => {
    const audio = negotiated?.audio;
    if (!audio || !isReady()) return;
    const { ssrc, payloadType } = audio;
    const numbers = { sequenceNumber: sequence % SEQUENCE, timestamp: (index * SLOT_TICKS) % TIMESTAMP };
    letGo(transport.sendRtp(payload, new werift.RtpHeader({ ssrc, payloadType, ...numbers })));
  };
  const sendPicture = ({ mid, ssrc, payloadType, streamId }: VideoSection, picture: Picture) => {
    const splice = splices.get(mid) ?? createSplice();
    splices.set(mid, splice);
    const numbers = splice(streamId, picture);
    const header = new werift.RtpHeader({ ssrc, payloadType, marker: picture.marker, ...numbers });
    letGo(transport.sendRtp(picture.payload, header));
  };
  const timer = setInterval(() => pace.due(performance.now()).forEach(sendSlot), FRAME_MS).unref();

  return {
    follow: (now: Negotiated) => {
      negotiated = now;
    },
    play: pace.push,
    show: (streamId: number, picture: Picture) => {
      if (!isReady()) return;
      for (const section of negotiated?.video ?? []) {
        if (section.streamId === streamId) sendPicture(section, picture);
      }
    },
    requestPicture: (mediaSsrc: number) => {
      if (!isReady() || mediaSsrc === 0) return;
      const feedback = new werift.PictureLossIndication({ senderSsrc: ownSsrc, mediaSsrc });
      letGo(transport.sendRtcp([new werift.RtcpPayloadSpecificFeedback({ feedback })]));
    },
    close: () => clearInterval(timer),
  };
}
