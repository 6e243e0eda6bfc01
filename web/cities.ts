import type { MediaRegion } from '../lib/domain/geo/media-regions.ts';

/** The city, state or country that AWS names a media region by. People read it; the id is for operators. */
export const CITIES: Readonly<Record<MediaRegion, string>> = {
  'us-east-1': 'Virginia',
  'us-east-2': 'Ohio',
  'us-west-1': 'California',
  'us-west-2': 'Oregon',
  'ca-central-1': 'Montréal',
  'sa-east-1': 'São Paulo',
  'eu-west-1': 'Ireland',
  'eu-west-2': 'London',
  'eu-west-3': 'Paris',
  'eu-central-1': 'Frankfurt',
  'eu-north-1': 'Stockholm',
  'eu-south-1': 'Milan',
  'af-south-1': 'Cape Town',
  'ap-south-1': 'Mumbai',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-2': 'Sydney',
  'ap-northeast-1': 'Tokyo',
  'ap-northeast-2': 'Seoul',
  'il-central-1': 'Tel Aviv',
  'us-gov-east-1': 'GovCloud East',
  'us-gov-west-1': 'GovCloud West',
};

/** The city of a media region. An id that this page does not know stays as it is. */
export const cityOf = (mediaRegion: string): string =>
  (CITIES as Readonly<Record<string, string>>)[mediaRegion] ?? mediaRegion;
