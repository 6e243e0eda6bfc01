import type { RequestContext } from '../../context.ts';
import { type MediaRegion, mediaRegionsOf } from '../../domain/geo/media-regions.ts';
import { nearestFirst } from '../../domain/geo/rtt.ts';
import { viewerMediaRegion } from '../../domain/geo/viewer-media-region.ts';
import type { LiveTopology, Topology } from '../../domain/meeting/topology.ts';
import { placeableMediaRegions } from '../../domain/placement/decision.ts';
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

/** The viewer's own media region, or the nearest one where viewers may be placed: there the viewer waits for a seat. */
export function nearestPlaceable(topology: LiveTopology, mediaRegion: MediaRegion): MediaRegion {
  const placeable = placeableMediaRegions(topology, settings().controlRegion);
  if (placeable.includes(mediaRegion)) return mediaRegion;
  return nearestFirst(mediaRegion, placeable)[0] ?? mediaRegion;
}
