/**
 * The media regions that Chime's CreateMeeting names for the commercial partition.
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_CreateMeeting.html
 */
export const MEDIA_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'af-south-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'ap-northeast-2',
] as const;

/** Hosts media, but CreateMeeting's list omits it: only its own control region is certain to reach it. */
const ISRAEL = 'il-central-1';

/** GovCloud is a partition of its own: it shares no meeting with the commercial regions. */
const GOVERNMENT_REGIONS = ['us-gov-east-1', 'us-gov-west-1'] as const;

/** Every media region, whichever control region reaches it. A request may name any of these. */
export const ALL_MEDIA_REGIONS = [...MEDIA_REGIONS, ISRAEL, ...GOVERNMENT_REGIONS] as const;

/** Where a meeting's media is hosted. */
export type MediaRegion = (typeof ALL_MEDIA_REGIONS)[number];

/**
 * The regions with an API endpoint for meetings.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/sdk-available-regions.html
 */
export const CONTROL_REGIONS = [
  'us-east-1',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-2',
  'af-south-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'ap-northeast-2',
  ISRAEL,
  ...GOVERNMENT_REGIONS,
] as const;

/** Where a meeting is created, changed and ended. */
export type ControlRegion = (typeof CONTROL_REGIONS)[number];

/** Whether an unvalidated text names a media region. `mayHost` says whether a control region reaches it. */
export function isMediaRegion(text: unknown): text is MediaRegion {
  return (ALL_MEDIA_REGIONS as readonly unknown[]).includes(text);
}

/**
 * The media regions in which a control region may place a meeting: all of its partition, except that af-south-1 and
 * il-central-1 host only their own meetings. Empty for a region that is no control region.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/sdk-available-regions.html
 */
export function mediaRegionsOf(controlRegion: string): readonly MediaRegion[] {
  if (!(CONTROL_REGIONS as readonly string[]).includes(controlRegion)) return [];
  if (controlRegion === 'af-south-1' || controlRegion === ISRAEL) return [controlRegion];
  return controlRegion.startsWith('us-gov-') ? GOVERNMENT_REGIONS : MEDIA_REGIONS;
}

/** Whether a meeting created through this control region may be hosted there. False for unknown regions. */
export function mayHost(controlRegion: string, mediaRegion: string): mediaRegion is MediaRegion {
  return (mediaRegionsOf(controlRegion) as readonly string[]).includes(mediaRegion);
}
