/** 20 ms of a client's Opus audio. */
export interface Sound {
  payload: Buffer;
  /** The quietness in dB below the maximum: 0 to 127, which is silence (RFC 6464). */
  quietness: number;
}

/** One packet of a VP8 frame. */
export interface Picture {
  payload: Buffer;
  sequenceNumber: number;
  timestamp: number;
  /** Whether it is the last packet of its frame. */
  marker: boolean;
}

/** Callbacks for a client's media. */
export interface PeerListener {
  heard(sound: Sound): void;
  saw(picture: Picture): void;
  /** The client needs a key frame to continue with a stream. */
  lost(streamId: number): void;
}

/** The stream of each of the client's tracks. */
export interface Track {
  streamId: number;
  ssrc: number;
  trackLabel: string;
}

/** The server's side of one client's media. */
export interface MediaPeer {
  /** Answers an SDP offer. Its video sections carry these streams in their order, 0 for none. */
  answer(offer: string, receiveStreamIds: number[]): { sdp: string; tracks: Track[] };
  /** Switches a section to another stream without an offer; 0 for none. */
  switchStream(mid: string, streamId: number): void;
  play(payload: Buffer): void;
  show(streamId: number, picture: Picture): void;
  /** Asks the client's camera for a key frame. */
  refreshPicture(): void;
  close(): void;
}

/** Creates a peer: one for each client's first subscription. */
export type OpenPeer = (listener: PeerListener) => Promise<MediaPeer>;
