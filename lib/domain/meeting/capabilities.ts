/** What an attendee may do with one medium, in Chime's words. */
export type Capability = 'SendReceive' | 'Send' | 'Receive' | 'None';

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_AttendeeCapabilities.html */
export interface Capabilities {
  Audio: Capability;
  Video: Capability;
  Content: Capability;
}

/** https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_MeetingFeaturesConfiguration.html */
export interface MeetingFeatures {
  Audio?: { EchoReduction?: 'AVAILABLE' | 'UNAVAILABLE' | undefined } | undefined;
  Video?: { MaxResolution?: 'None' | 'HD' | 'FHD' | undefined } | undefined;
  Content?: { MaxResolution?: 'None' | 'FHD' | 'UHD' | undefined } | undefined;
  Attendee?: { MaxCount?: number | undefined } | undefined;
}

/** What Chime would refuse: the member of the request, and why in words for its sender. */
export interface Fault {
  field: string;
  detail: string;
}

/** https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html: attendees of one meeting. */
const STANDARD_CAPACITY = 250;

/** https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html: with FHD video or UHD content. */
const HIGH_DEFINITION_CAPACITY = 25;

/** How many attendees a meeting with these features holds: 250, or 25 in high definition, or fewer where asked. */
export function capacityOf(features?: MeetingFeatures): number {
  const asked = features?.Attendee?.MaxCount ?? Number.NaN;
  const ceiling = ceilingOf(features);
  return isCount(asked) ? Math.min(asked, ceiling) : ceiling;
}

/** The same features, with the MaxCount that Chime requires of a high-definition session and the caller left out. */
export function withRequiredMaxCount(features?: MeetingFeatures): MeetingFeatures | undefined {
  if (!isHighDefinition(features) || features?.Attendee?.MaxCount !== undefined) return features;
  return { ...features, Attendee: { MaxCount: HIGH_DEFINITION_CAPACITY } };
}

/** What is wrong with these features, if anything. A MaxCount left out is not: it is filled in. */
export function featureFault(features: MeetingFeatures): Fault | undefined {
  const asked = features.Attendee?.MaxCount;
  const ceiling = ceilingOf(features);
  if (asked === undefined || (isCount(asked) && asked <= ceiling)) return undefined;
  const because = isHighDefinition(features) ? ' with FHD video or UHD content' : '';
  return {
    field: 'meetingFeatures.Attendee.MaxCount',
    detail: `must be a whole number from 1 to ${ceiling}${because}`,
  };
}

/**
 * Which capability Chime would refuse, if any. A medium that the meeting goes without takes only None,
 * and content cannot be received without video: Chime answers 400 to both.
 */
export function capabilityFault(asked: Capabilities, features?: MeetingFeatures): Fault | undefined {
  const { Video, Content } = asked;
  if (hasNoVideo(features) && Video !== 'None')
    return fault('Video', 'must be None: the meeting has no video');
  if (hasNoContent(features) && Content !== 'None')
    return fault('Content', 'must be None: the meeting has no content');
  if (receives(Content) && !receives(Video))
    return fault('Content', 'cannot be received unless Video is Receive or SendReceive');
  return undefined;
}

/**
 * What an attendee may do when the request leaves Capabilities out. In a meeting with content and no
 * video that is video Receive, which Chime grants by default and refuses when asked for: leave them out.
 * For neither video nor content the default is not documented; None is all that Chime would accept.
 */
export function defaultCapabilities(features?: MeetingFeatures): Capabilities {
  const Content = hasNoContent(features) ? 'None' : 'SendReceive';
  if (!hasNoVideo(features)) return { Audio: 'SendReceive', Video: 'SendReceive', Content };
  return { Audio: 'SendReceive', Video: Content === 'None' ? 'None' : 'Receive', Content };
}

/**
 * How many people the stage takes. Content shares (two at most in a meeting) and media pipelines join as
 * attendees too, so 8 % of the capacity, ten at most, is kept for them; one person always fits.
 */
export function stageCapacity(capacity: number): number {
  const headroom = Math.min(10, Math.ceil(capacity * 0.08));
  return Math.max(1, capacity - headroom);
}

function isHighDefinition(features?: MeetingFeatures): boolean {
  return features?.Video?.MaxResolution === 'FHD' || features?.Content?.MaxResolution === 'UHD';
}

function ceilingOf(features?: MeetingFeatures): number {
  return isHighDefinition(features) ? HIGH_DEFINITION_CAPACITY : STANDARD_CAPACITY;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function hasNoVideo(features?: MeetingFeatures): boolean {
  return features?.Video?.MaxResolution === 'None';
}

function hasNoContent(features?: MeetingFeatures): boolean {
  return features?.Content?.MaxResolution === 'None';
}

function receives(capability: Capability): boolean {
  return capability === 'Receive' || capability === 'SendReceive';
}

function fault(medium: keyof Capabilities, detail: string): Fault {
  return { field: `capabilities.${medium}`, detail };
}

/**
 * The default capabilities, for a request that names them; undefined where Chime refuses its own default when it
 * is asked for by name (content without video).
 */
export function explicitCapabilities(features?: MeetingFeatures): Capabilities | undefined {
  return namedCapabilities(defaultCapabilities(features), features);
}

/**
 * Capabilities that an attendee had, for a request that names them; undefined where Chime refuses them by name, since it gave them
 * by default (content without video).
 */
export function namedCapabilities(
  had: Capabilities | undefined,
  features?: MeetingFeatures,
): Capabilities | undefined {
  return had && !capabilityFault(had, features) ? had : undefined;
}

/**
 * The usual capabilities, less the microphone. Where content is on without video, receiving content cannot be
 * asked for by name, and sending is what is left.
 */
export function mutedCapabilities(features?: MeetingFeatures): Capabilities {
  const usual = explicitCapabilities(features) ?? { Audio: 'Receive', Video: 'None', Content: 'Send' };
  return { ...usual, Audio: 'Receive' };
}
