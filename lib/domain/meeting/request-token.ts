import { createHash } from 'node:crypto';
import type { Topology } from './topology.ts';

/**
 * The ClientRequestToken of one Chime meeting: the same for every request that opens it, and different for every other
 * meeting. A reused token returns the meeting that it first created, even a dead one
 * (https://github.com/aws/amazon-chime-sdk-js/issues/2433). 43 characters of Chime's `[-_a-zA-Z0-9]`.
 */
export function requestToken(
  topology: Pick<Topology, 'externalMeetingId' | 'incarnation' | 'epoch'>,
  meeting: 'primary' | { ordinal: number; mediaRegion: string },
): string {
  const place = meeting === 'primary' ? ['primary'] : ['replica', meeting.ordinal, meeting.mediaRegion];
  const parts = [topology.externalMeetingId, topology.incarnation, topology.epoch, ...place];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
