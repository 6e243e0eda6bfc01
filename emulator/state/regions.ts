/*
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/sdk-available-regions.html
 * The codes of media regions and cell suffixes of control regions ue1, ew2, ec1, an1, as1, cc1 and 2713, 7979, 2954, 4804,
 * 3049 come from public captures; the others are invented in the same style.
 */

const CELL_OF_CONTROL_REGION: Record<string, string> = {
  'us-east-1': '2713',
  'us-west-2': '2714',
  'ca-central-1': '6816',
  'eu-central-1': '7979',
  'eu-west-2': '3049',
  'ap-south-1': '5317',
  'ap-northeast-1': '4804',
  'ap-northeast-2': '4805',
  'ap-southeast-1': '2954',
  'ap-southeast-2': '2955',
  'af-south-1': '8120',
  'il-central-1': '9135',
  'us-gov-east-1': '1101',
  'us-gov-west-1': '1102',
};

const CODE_OF_MEDIA_REGION: Record<string, string> = {
  'us-east-1': 'ue1',
  'us-east-2': 'ue2',
  'us-west-1': 'uw1',
  'us-west-2': 'uw2',
  'ca-central-1': 'cc1',
  'sa-east-1': 'se1',
  'eu-west-1': 'ew1',
  'eu-west-2': 'ew2',
  'eu-west-3': 'ew3',
  'eu-central-1': 'ec1',
  'eu-north-1': 'en1',
  'eu-south-1': 'es1',
  'ap-south-1': 'aps1',
  'ap-northeast-1': 'an1',
  'ap-northeast-2': 'an2',
  'ap-southeast-1': 'as1',
  'ap-southeast-2': 'as2',
  'af-south-1': 'afs1',
  'il-central-1': 'ic1',
  'us-gov-east-1': 'uge1',
  'us-gov-west-1': 'ugw1',
};

/** Control regions that "may only host media" in themselves. */
const HOSTS_ONLY_ITSELF = ['af-south-1', 'il-central-1'];

export const isControlRegion = (region: string) => Object.hasOwn(CELL_OF_CONTROL_REGION, region);

/** The last four digits of every MeetingId created through this control region. */
export const cellOf = (controlRegion: string) => CELL_OF_CONTROL_REGION[controlRegion] ?? '0706';

/** The region's abbreviation in the names of media hosts. */
export const codeOf = (mediaRegion: string) => CODE_OF_MEDIA_REGION[mediaRegion] ?? 'ue1';

/** Whether a meeting created through this control region may be hosted in this media region. */
export function canHost(controlRegion: string, mediaRegion: string): boolean {
  if (!Object.hasOwn(CODE_OF_MEDIA_REGION, mediaRegion)) return false;
  if (HOSTS_ONLY_ITSELF.includes(controlRegion)) return mediaRegion === controlRegion;
  return isGovCloud(controlRegion) === isGovCloud(mediaRegion);
}

export const partitionOf = (region: string) => (isGovCloud(region) ? 'aws-us-gov' : 'aws');

const isGovCloud = (region: string) => region.startsWith('us-gov-');
