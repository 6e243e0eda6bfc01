import type { ViewerLocation } from '../../context.ts';
import { mediaRegionOfCountry } from './countries.ts';
import type { MediaRegion } from './media-regions.ts';
import { nearestFirst } from './rtt.ts';

type Place = readonly [latitude: number, longitude: number, mediaRegion: MediaRegion];

/**
 * The AWS regions, each with the media region that is nearest to it by network. Distance from the viewer is no guide to
 * a media region that is far away, as when few are allowed. Cape Town is nearer to São Paulo than Virginia is, but
 * takes 338 ms instead of 115 ms. Cape Town is nearer to Sydney than California is, but takes 409 ms instead of 139 ms.
 * Seoul is nearer to Taipei than Tokyo is, but takes 65 ms instead of 37 ms. So a viewer is first mapped to the nearest
 * AWS region of any kind: so close, distance is right. From there measured round trips decide (`rtt.ts` names the
 * source).
 */
const AWS_REGIONS: readonly Place[] = [
  [39.0, -77.5, 'us-east-1'], // Virginia
  [40.1, -83.2, 'us-east-2'], // Ohio
  [37.4, -122.0, 'us-west-1'], // California
  [45.8, -119.7, 'us-west-2'], // Oregon
  [51.0, -114.1, 'us-west-2'], // ca-west-1, Calgary: 22 ms
  [45.5, -73.6, 'ca-central-1'], // Montreal
  [20.6, -100.4, 'us-east-2'], // mx-central-1, Querétaro: 52 ms
  [-23.5, -46.6, 'sa-east-1'], // São Paulo
  [53.4, -6.3, 'eu-west-1'], // Dublin
  [51.5, -0.1, 'eu-west-2'], // London
  [48.9, 2.3, 'eu-west-3'], // Paris
  [50.1, 8.7, 'eu-central-1'], // Frankfurt
  [47.4, 8.5, 'eu-south-1'], // eu-central-2, Zurich: 8 ms
  [59.3, 18.1, 'eu-north-1'], // Stockholm
  [45.5, 9.2, 'eu-south-1'], // Milan
  [41.6, -0.9, 'eu-west-3'], // eu-south-2, Zaragoza: 22 ms
  [32.1, 34.8, 'il-central-1'], // Tel Aviv
  [26.1, 50.6, 'ap-south-1'], // me-south-1, Bahrain: 38 ms
  [24.5, 54.4, 'ap-south-1'], // me-central-1, Emirates: 31 ms
  [-33.9, 18.4, 'af-south-1'], // Cape Town
  [19.1, 72.9, 'ap-south-1'], // Mumbai
  [17.4, 78.5, 'ap-south-1'], // ap-south-2, Hyderabad: 26 ms
  [1.3, 103.9, 'ap-southeast-1'], // Singapore
  [-6.2, 106.8, 'ap-southeast-1'], // ap-southeast-3, Jakarta: 18 ms
  [3.1, 101.7, 'ap-southeast-1'], // ap-southeast-5, Malaysia: 9 ms
  [13.8, 100.5, 'ap-southeast-1'], // ap-southeast-7, Bangkok: 30 ms
  [22.3, 114.2, 'ap-southeast-1'], // ap-east-1, Hong Kong: 37 ms
  [25.0, 121.6, 'ap-northeast-1'], // ap-east-2, Taipei: 37 ms
  [-33.9, 151.2, 'ap-southeast-2'], // Sydney
  [-37.8, 145.0, 'ap-southeast-2'], // ap-southeast-4, Melbourne: 14 ms
  [35.7, 139.7, 'ap-northeast-1'], // Tokyo
  [34.7, 135.5, 'ap-northeast-1'], // ap-northeast-3, Osaka: 10 ms
  [37.5, 127.0, 'ap-northeast-2'], // Seoul
];

/** Hawaii and Alaska: farther out than any AWS region of their country, and served by these. */
const OUTPOSTS: readonly Place[] = [
  [21.3, -157.9, 'us-west-1'], // Honolulu
  [61.2, -149.9, 'us-west-2'], // Anchorage
];

const PLACES = [...AWS_REGIONS, ...OUTPOSTS];

/**
 * Up to this distance the nearest place is trusted. Beyond, a straight line crosses deserts and mountains that no cable does.
 */
const CLOSE_KM = 2000;
const EARTH_RADIUS_KM = 6371;
const CLOSE = Math.cos(CLOSE_KM / EARTH_RADIUS_KM);

/**
 * The media region nearest to a viewer among those allowed. In this order: by a place within 2,000 km, by country, by the
 * nearest place at any distance. An invalid source is skipped. Undefined when no source is left or nothing is allowed.
 */
export function viewerMediaRegion(
  location: ViewerLocation,
  mediaRegions: readonly MediaRegion[],
): MediaRegion | undefined {
  const place = nearestPlace(location);
  const home = place?.isClose ? place.mediaRegion : (fromCountry(location) ?? place?.mediaRegion);
  return home && nearestFirst(home, mediaRegions)[0];
}

function nearestPlace({ latitude, longitude }: ViewerLocation) {
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180)) return undefined;
  const closeness = PLACES.map(([lat, lon]) => cosineOfAngle([latitude, longitude], [lat, lon]));
  const closest = Math.max(...closeness);
  return { mediaRegion: PLACES[closeness.indexOf(closest)]?.[2], isClose: closest >= CLOSE };
}

function fromCountry({ country }: ViewerLocation): MediaRegion | undefined {
  return country === undefined ? undefined : mediaRegionOfCountry(country);
}

function isWithin(degrees: number | undefined, limit: number): degrees is number {
  return typeof degrees === 'number' && Math.abs(degrees) <= limit;
}

/** The cosine of the angle between two points, seen from the earth's centre: the larger, the closer. */
function cosineOfAngle([lat1, lon1]: [number, number], [lat2, lon2]: [number, number]): number {
  const radians = Math.PI / 180;
  const [phi1, phi2, lambda] = [lat1 * radians, lat2 * radians, (lon2 - lon1) * radians];
  return Math.sin(phi1) * Math.sin(phi2) + Math.cos(phi1) * Math.cos(phi2) * Math.cos(lambda);
}
