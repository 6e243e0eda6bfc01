/** 20 ms of Opus, as one client said it. */
export interface Sound {
  payload: Buffer;
  /** How quiet, in dB below the loudest possible: 0 to 127, which is silence (RFC 6464). */
  quietness: number;
}

/** One packet of a VP8 picture. */
export interface Picture {
  payload: Buffer;
  sequenceNumber: number;
  timestamp: number;
  /** Whether it is the last one of its frame. */
  marker: boolean;
}

/** What comes from a client. */
export interface PeerListener {
  heard(sound: Sound): void;
  saw(picture: Picture): void;
  /** The client cannot go on with a stream unless a whole picture comes. */
  lost(streamId: number): void;
}

/** Which of the client's tracks carries which stream. */
export interface Track {
  streamId: number;
  ssrc: number;
  trackLabel: string;
}

/** The server's end of one client's media. */
export interface MediaPeer {
  /** Answer an SDP offer; its video sections are to carry these streams, in their order, 0 for none. */
  answer(offer: string, receiveStreamIds: number[]): { sdp: string; tracks: Track[] };
  /** Let a section that carries one stream carry another, without an offer; 0 for none. */
  switchStream(mid: string, streamId: number): void;
  play(payload: Buffer): void;
  show(streamId: number, picture: Picture): void;
  /** Ask the client's camera for a whole picture. */
  refreshPicture(): void;
  close(): void;
}

/** How a peer comes to be: one for each subscription of a client that is new. */
export type OpenPeer = (listener: PeerListener) => Promise<MediaPeer>;
