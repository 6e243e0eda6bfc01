import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';

/** The longitude and latitude of each media region; to a tenth of a degree, which is a tenth of a pixel here. */
export const PLACES: Readonly<Record<MediaRegion, readonly [longitude: number, latitude: number]>> = {
  'us-east-1': [-77.5, 39.0],
  'us-east-2': [-83.0, 40.0],
  'us-west-1': [-121.9, 37.4],
  'us-west-2': [-119.7, 45.8],
  'ca-central-1': [-73.6, 45.5],
  'sa-east-1': [-46.6, -23.5],
  'eu-west-1': [-6.3, 53.3],
  'eu-west-2': [-0.1, 51.5],
  'eu-west-3': [2.4, 48.9],
  'eu-central-1': [8.7, 50.1],
  'eu-north-1': [18.1, 59.3],
  'eu-south-1': [9.2, 45.5],
  'af-south-1': [18.4, -33.9],
  'ap-south-1': [72.9, 19.1],
  'ap-southeast-1': [103.8, 1.4],
  'ap-southeast-2': [151.2, -33.9],
  'ap-northeast-1': [139.7, 35.7],
  'ap-northeast-2': [127.0, 37.6],
  'il-central-1': [34.8, 32.1],
  'us-gov-east-1': [-83.0, 40.0],
  'us-gov-west-1': [-120.5, 44.1],
};
