import type { DataMessage, Frame } from './frame.ts';

/** Encodes frames as WebSocket messages, and decodes them. */
export interface Codec {
  encode(frame: Frame, timestampMs: number): Uint8Array;
  /** Throws on an invalid frame. */
  decode(message: Buffer): Frame;
}

/** The first byte of every message: a frame of the real-time protocol follows. */
const FRAME_TYPE_RTC = 0x05;

/**
 * Loads the codec. The protocol is not published: the client package contains its code, at a path that may change. So this is
 * the only file that knows the path and the prefix. Throws if the package is not installed.
 */
export async function loadCodec(): Promise<Codec> {
  const loaded = await import('amazon-chime-sdk-js/build/signalingprotocol/SignalingProtocol.js');
  const { SdkSignalFrame, SdkTranscriptFrame } =
    'SdkSignalFrame' in loaded ? loaded : (loaded as { default: never }).default;
  const withData = ({ transcript, ...message }: DataMessage): DataMessage => {
    if (!transcript) return message;
    const frame = SdkTranscriptFrame.fromObject({ events: [transcript] });
    return { ...message, data: SdkTranscriptFrame.encode(frame).finish() };
  };
  const encodable = ({ dataMessage, ...frame }: Frame) =>
    dataMessage ? { ...frame, dataMessage: { messages: dataMessage.messages.map(withData) } } : frame;
  return {
    encode: (frame, timestampMs) => {
      const body = SdkSignalFrame.encode(
        SdkSignalFrame.fromObject({ timestampMs, ...encodable(frame) }),
      ).finish();
      return Buffer.concat([Buffer.from([FRAME_TYPE_RTC]), body]);
    },
    decode: (message) => {
      const body = SdkSignalFrame.decode(message.subarray(1));
      return SdkSignalFrame.toObject(body, { enums: String, longs: Number, arrays: true }) as Frame;
    },
  };
}
