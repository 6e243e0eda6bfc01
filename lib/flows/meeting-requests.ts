import type { MeetingRequest } from '../chime/meetings.ts';
import { type MeetingFeatures, withRequiredMaxCount } from '../domain/capabilities.ts';
import { allowedMediaRegions } from '../domain/decision.ts';
import type { MediaRegion } from '../domain/media-regions.ts';
import { requestToken } from '../domain/request-token.ts';
import { primaryMeetingId, type Topology } from '../domain/topology.ts';
import { settings } from '../settings.ts';

/**
 * Where the primary is hosted: where an abandoned claim said, else as the host asked, else the first
 * presenter's media region, else the deployment's; and never outside the allowed media regions.
 */
export function primaryMediaRegion(topology: Topology, near: MediaRegion | undefined): MediaRegion {
  const { controlRegion, defaultMediaRegion } = settings();
  const allowed = allowedMediaRegions(topology, controlRegion);
  const wishes = [topology.primary?.mediaRegion, topology.options.mediaRegion, near, defaultMediaRegion];
  const chosen = wishes.find((wish) => allowed.some((mediaRegion) => mediaRegion === wish)) ?? allowed[0];
  if (!chosen) throw new Error(`No media region is allowed under control region ${controlRegion}`);
  return chosen as MediaRegion;
}

/** What the primary of this epoch is opened with, by whomever. */
export function primaryRequest(topology: Topology, MediaRegion: MediaRegion): MeetingRequest {
  return { ...common(topology), MediaRegion, ClientRequestToken: requestToken(topology, 'primary') };
}

/** What one replica of this epoch is opened with. It carries the same features: nothing is inherited. */
export function replicaRequest(
  topology: Topology,
  { ordinal, mediaRegion }: { ordinal: number; mediaRegion: MediaRegion },
): MeetingRequest {
  return {
    ...common(topology),
    MediaRegion: mediaRegion,
    ClientRequestToken: requestToken(topology, { ordinal, mediaRegion }),
    PrimaryMeetingId: primaryMeetingId(topology) as string,
  };
}

function common({ externalMeetingId, options }: Topology) {
  const MeetingFeatures = withRequiredMaxCount(options.meetingFeatures as MeetingFeatures | undefined);
  return {
    ExternalMeetingId: externalMeetingId,
    ...(MeetingFeatures && { MeetingFeatures }),
    ...(options.tags && { Tags: options.tags }),
  };
}
