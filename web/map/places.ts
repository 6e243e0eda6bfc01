import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';

/** The city of a media region, and its longitude and latitude. */
export interface Place {
  city: string;
  at: readonly [longitude: number, latitude: number];
}

/** The regions' cities as AWS names them; to a tenth of a degree, which is a tenth of a pixel here. */
export const PLACES: Readonly<Record<MediaRegion, Place>> = {
  'us-east-1': { city: 'Virginia', at: [-77.5, 39.0] },
  'us-east-2': { city: 'Ohio', at: [-83.0, 40.0] },
  'us-west-1': { city: 'California', at: [-121.9, 37.4] },
  'us-west-2': { city: 'Oregon', at: [-119.7, 45.8] },
  'ca-central-1': { city: 'Montréal', at: [-73.6, 45.5] },
  'sa-east-1': { city: 'São Paulo', at: [-46.6, -23.5] },
  'eu-west-1': { city: 'Ireland', at: [-6.3, 53.3] },
  'eu-west-2': { city: 'London', at: [-0.1, 51.5] },
  'eu-west-3': { city: 'Paris', at: [2.4, 48.9] },
  'eu-central-1': { city: 'Frankfurt', at: [8.7, 50.1] },
  'eu-north-1': { city: 'Stockholm', at: [18.1, 59.3] },
  'eu-south-1': { city: 'Milan', at: [9.2, 45.5] },
  'af-south-1': { city: 'Cape Town', at: [18.4, -33.9] },
  'ap-south-1': { city: 'Mumbai', at: [72.9, 19.1] },
  'ap-southeast-1': { city: 'Singapore', at: [103.8, 1.4] },
  'ap-southeast-2': { city: 'Sydney', at: [151.2, -33.9] },
  'ap-northeast-1': { city: 'Tokyo', at: [139.7, 35.7] },
  'ap-northeast-2': { city: 'Seoul', at: [127.0, 37.6] },
  'il-central-1': { city: 'Tel Aviv', at: [34.8, 32.1] },
  'us-gov-east-1': { city: 'GovCloud East', at: [-83.0, 40.0] },
  'us-gov-west-1': { city: 'GovCloud West', at: [-120.5, 44.1] },
};
