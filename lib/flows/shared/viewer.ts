import type { RequestContext } from '../../context.ts';
import { type MediaRegion, mediaRegionsOf } from '../../domain/geo/media-regions.ts';
import { viewerMediaRegion } from '../../domain/geo/viewer-media-region.ts';
import type { Topology } from '../../domain/meeting/topology.ts';
import { settings } from '../../settings.ts';

/**
 * The media region nearest to a viewer: as the request says, else by trusted location headers, else the primary's.
 */
export function mediaRegionOf(
  topology: Topology,
  { asked, context }: { asked: MediaRegion | undefined; context: RequestContext },
): MediaRegion {
  const { controlRegion, defaultMediaRegion } = settings();
  const located = viewerMediaRegion(context.location, mediaRegionsOf(controlRegion));
  return asked ?? located ?? topology.primary?.mediaRegion ?? defaultMediaRegion;
}
