import type { Limiter } from '../../chime/ask.ts';
import type { ChimeFailure } from '../../chime/failure.ts';
import { createMeeting, type MeetingRequest, type Opened, withNotifications } from '../../chime/meetings.ts';
import type { RequestContext } from '../../context.ts';
import type { MediaRegion } from '../../domain/geo/media-regions.ts';
import { withRequiredMaxCount } from '../../domain/meeting/capabilities.ts';
import { requestToken } from '../../domain/meeting/request-token.ts';
import { sessionOptions } from '../../domain/meeting/session-options.ts';
import type { LiveTopology, Topology } from '../../domain/meeting/topology.ts';
import { placeableMediaRegions } from '../../domain/placement/decision.ts';
import { settings } from '../../settings.ts';
import { firstRequest, readRequest } from '../../store/requests.ts';

/**
 * Choose the media region of the primary. Only allowed media regions that are not drained count, in this order:
 * 1. the media region of a claim whose lease expired,
 * 2. the host's option,
 * 3. the first presenter's media region,
 * 4. the default of the deployment.
 */
export function primaryMediaRegion(topology: Topology, near: MediaRegion | undefined): MediaRegion {
  const { controlRegion, defaultMediaRegion } = settings();
  const allowed = placeableMediaRegions(topology, controlRegion);
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
  return createMeeting(limiter, await firstRequest(withNotifications(request), context.now()));
}

/** The first request for the primary of this epoch. */
export function primaryRequest(topology: Topology, MediaRegion: MediaRegion): MeetingRequest {
  return {
    ...common(topology),
    ...sessionIn(topology),
    MediaRegion,
    ClientRequestToken: requestToken(topology, 'primary'),
  };
}

/**
 * The first request for one replica of this epoch. It names the features of the primary, because AWS does not
 * document whether a replica without features gets those of its primary or Chime's defaults. Its tenants, network type and host
 * are those of the primary's own request, because the options may have changed since.
 */
export async function replicaRequest(
  topology: LiveTopology,
  { ordinal, mediaRegion }: { ordinal: number; mediaRegion: MediaRegion },
): Promise<MeetingRequest> {
  return {
    ...common(topology),
    ...(await sessionOfPrimary(topology)),
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

type Session = Pick<MeetingRequest, 'TenantIds' | 'MediaPlacementNetworkType' | 'MeetingHostId'>;

/** The members of a request by which Chime separates organisations: from the options, or from the deployment. */
function sessionIn({ options }: Topology): Session {
  const { tenantIds, networkType, meetingHostId } = sessionOptions(options, settings());
  return {
    ...(tenantIds && { TenantIds: tenantIds }),
    ...(networkType && { MediaPlacementNetworkType: networkType }),
    ...(meetingHostId && { MeetingHostId: meetingHostId }),
  };
}

/** The same members of the request that opened the primary. Its record outlives the primary. */
async function sessionOfPrimary(topology: LiveTopology): Promise<Session> {
  const { externalMeetingId } = topology;
  const ClientRequestToken = requestToken(topology, 'primary');
  const first = await readRequest<MeetingRequest>({
    ExternalMeetingId: externalMeetingId,
    ClientRequestToken,
  });
  if (!first) return sessionIn(topology);
  const { TenantIds, MediaPlacementNetworkType, MeetingHostId } = first;
  return {
    ...(TenantIds && { TenantIds }),
    ...(MediaPlacementNetworkType && { MediaPlacementNetworkType }),
    ...(MeetingHostId && { MeetingHostId }),
  };
}
