import type { RTCDtlsTransport, RTCIceTransport } from 'werift';
import type { Path } from './path.ts';

export type Werift = typeof import('werift');

/** SRTP_AES128_CM_HMAC_SHA1_80, which every browser has. */
const SRTP_PROFILES = [1] as const;

/** DTLS over a client's path, with the server as the DTLS client: it begins as soon as the path is found. */
export async function secure(werift: Werift, path: Path): Promise<RTCDtlsTransport> {
  const certificate = await werift.RTCDtlsTransport.SetupCertificate();
  const transport = new werift.RTCDtlsTransport({}, asIceTransport(path), certificate, [...SRTP_PROFILES]);
  transport.role = 'client';
  return transport;
}

/** Begins, once the client has found the path, with a client of this fingerprint. A failure ends without an error. */
export function begin(
  werift: Werift,
  { path, transport }: { path: Path; transport: RTCDtlsTransport },
  fingerprint: { algorithm: string; value: string },
): void {
  const { RTCDtlsFingerprint, RTCDtlsParameters } = werift;
  const theirs = new RTCDtlsFingerprint(fingerprint.algorithm, fingerprint.value);
  transport.setRemoteParams(new RTCDtlsParameters([theirs], 'server'));
  path.found.then(() => transport.start()).catch(() => {});
}

/** The last flight of a handshake, which is not repeated. */
const LAST_FLIGHT = 7;

/** Ends the transport, also during a handshake: werift by itself would retry for half a minute. */
export function end(transport: RTCDtlsTransport): void {
  if (transport.dtls) {
    Object.assign(transport.dtls, { connect: async () => {} });
    transport.dtls.dtls.flight = LAST_FLIGHT;
  }
  transport.stop().catch(() => {}); // it may have ended by itself
}

/** The subset of werift's ICE interface that its DTLS uses, over our path. */
function asIceTransport(path: Path): RTCIceTransport {
  const connection = {
    onData: { subscribe: path.onData },
    send: async (datagram: Buffer) => path.send(datagram),
    close: async () => path.close(),
  };
  const stop = async () => path.close();
  return { connection, role: 'controlled', stop } as unknown as RTCIceTransport;
}
