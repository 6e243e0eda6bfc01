import { randomBytes, randomInt } from 'node:crypto';
import { openPath } from './path.ts';
import type { OpenPeer } from './peer.ts';
import { negotiate, tracksOf } from './sections.ts';

const HIGHEST_SSRC = 2 ** 31;

/** Draws an SSRC for each section once. */
export function drawSsrcs(): (mid: string) => number {
  const drawn = new Map<string, number>();
  return (mid) => {
    const ssrc = drawn.get(mid) ?? randomInt(1, HIGHEST_SSRC);
    drawn.set(mid, ssrc);
    return ssrc;
  };
}

/**
 * A peer without media. Clients wait only for ICE, and stay: they join, see each other, are promoted and removed, but hear
 * and see nothing. DTLS is announced and never begun, so the fingerprint is arbitrary.
 */
export const openSilentPeer =
  (host: string): OpenPeer =>
  async () => {
    const path = await openPath(host);
    const digest = randomBytes(32).toString('hex').toUpperCase();
    const fingerprint = { algorithm: 'sha-256', value: (digest.match(/../g) ?? []).join(':') };
    const local = { ...path, fingerprint, ssrcOf: drawSsrcs() };
    return {
      answer: (offer, receiveStreamIds) => {
        const negotiated = negotiate(offer, receiveStreamIds, local);
        return { sdp: negotiated.sdp, tracks: tracksOf(negotiated) };
      },
      switchStream: () => {},
      play: () => {},
      show: () => {},
      refreshPicture: () => {},
      close: path.close,
    };
  };
