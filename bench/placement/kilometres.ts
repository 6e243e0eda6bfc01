import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';

/** Degrees north and east of the cities or states that AWS names its regions after, rounded. */
const PLACES: Partial<Record<MediaRegion, readonly [number, number]>> = {
  'us-east-1': [39, -77.5],
  'us-east-2': [40, -83],
  'us-west-1': [37.4, -122],
  'us-west-2': [45.8, -119.7],
  'ca-central-1': [45.5, -73.6],
  'sa-east-1': [-23.5, -46.6],
  'eu-west-1': [53.3, -6.3],
  'eu-west-2': [51.5, -0.1],
  'eu-west-3': [48.9, 2.4],
  'eu-central-1': [50.1, 8.7],
  'eu-north-1': [59.3, 18.1],
  'eu-south-1': [45.5, 9.2],
  'af-south-1': [-33.9, 18.4],
  'ap-south-1': [19.1, 72.9],
  'ap-southeast-1': [1.3, 103.8],
  'ap-southeast-2': [-33.9, 151.2],
  'ap-northeast-1': [35.7, 139.7],
  'ap-northeast-2': [37.6, 127],
};
const EARTH_RADIUS_KM = 6371;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** The great circle between two media regions. */
export function kilometres(a: MediaRegion, b: MediaRegion): number {
  const [[north, east], [north2, east2]] = [PLACES[a] ?? [0, 0], PLACES[b] ?? [0, 0]];
  const [dNorth, dEast] = [rad(north2 - north), rad(east2 - east)];
  const h =
    Math.sin(dNorth / 2) ** 2 + Math.cos(rad(north)) * Math.cos(rad(north2)) * Math.sin(dEast / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(h));
}
