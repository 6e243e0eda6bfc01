import type { Limiter } from '../../chime/ask.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import { createMeeting, type MeetingRequest, type Opened, withSettings } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { withRequiredMaxCount } from '../../domain/meeting/capabilities.ts';
import { requestToken } from '../../domain/meeting/request-token.ts';
import type { LiveTopology, Topology } from '../../domain/meeting/topology.ts';
import { allowedMediaRegions } from '../../domain/placement/decision.ts';
import { settings } from '../../settings.ts';
import { firstRequest } from '../../store/requests.ts';

/**
 * Choose the media region of the primary. Only allowed media regions count, in this order:
 * 1. the media region of a claim whose lease expired,
 * 2. the host's option,
 * 3. the first presenter's media region,
 * 4. the default of the deployment.
 */
export function primaryMediaRegion(topology: Topology, near: MediaRegion | undefined): MediaRegion {
  const { controlRegion, defaultMediaRegion } = settings();
  const allowed = allowedMediaRegions(topology, controlRegion);
  const candidates = [topology.primary?.mediaRegion, topology.options.mediaRegion, near, defaultMediaRegion];
  const chosen =
    candidates.find((candidate) => candidate !== undefined && allowed.includes(candidate)) ?? allowed[0];
  if (!chosen) throw new Error(`No media region is allowed under control region ${controlRegion}`);
  return chosen;
}

/**
 * Open the meeting of a request token, or get the one that it opened before. The token's first request is sent word
 * for word, whatever `request` contains; it is recorded before anything is sent.
 */
export async function openByToken(
  limiter: Limiter,
  request: MeetingRequest,
  context: RequestContext,
): Promise<Opened | ChimeFailure> {
  return createMeeting(limiter, await firstRequest(withSettings(request), context.now()));
}

/** The first request for the primary of this epoch. */
export function primaryRequest(topology: Topology, MediaRegion: MediaRegion): MeetingRequest {
  return { ...common(topology), MediaRegion, ClientRequestToken: requestToken(topology, 'primary') };
}

/**
 * The first request for one replica of this epoch. It names the features of the primary, because AWS does not
 * document whether a replica without features gets those of its primary or Chime's defaults.
 */
export function replicaRequest(
  topology: LiveTopology,
  { ordinal, mediaRegion }: { ordinal: number; mediaRegion: MediaRegion },
): MeetingRequest {
  return {
    ...common(topology),
    MediaRegion: mediaRegion,
    ClientRequestToken: requestToken(topology, { ordinal, mediaRegion }),
    PrimaryMeetingId: topology.primary.Meeting.MeetingId,
  };
}

function common({ externalMeetingId, options }: Topology) {
  const MeetingFeatures = withRequiredMaxCount(options.meetingFeatures);
  return {
    ExternalMeetingId: externalMeetingId,
    ...(MeetingFeatures && { MeetingFeatures }),
    ...(options.tags && { Tags: options.tags }),
  };
}
