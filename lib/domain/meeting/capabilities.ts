/** What an attendee may do with one medium, as Chime names it. */
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

/** What Chime would refuse: the member of the request, and the reason for its sender. */
export interface Fault {
  field: string;
  detail: string;
}

/** https://docs.aws.amazon.com/general/latest/gr/chime-sdk.html: attendees of one meeting. */
const STANDARD_CAPACITY = 250;

/** https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html: with FHD video or UHD content. */
const HIGH_DEFINITION_CAPACITY = 25;

/** How many attendees a meeting with these features holds: 250, or 25 in high definition, or fewer if requested. */
export function capacityOf(features?: MeetingFeatures): number {
  const asked = features?.Attendee?.MaxCount ?? Number.NaN;
  const ceiling = ceilingOf(features);
  return isCount(asked) ? Math.min(asked, ceiling) : ceiling;
}

/** The same features, with the MaxCount that Chime requires of a high-definition session if the caller left it out. */
export function withRequiredMaxCount(features?: MeetingFeatures): MeetingFeatures | undefined {
  if (!isHighDefinition(features) || features?.Attendee?.MaxCount !== undefined) return features;
  return { ...features, Attendee: { MaxCount: HIGH_DEFINITION_CAPACITY } };
}

/** The fault of these features, if any. A missing MaxCount is no fault: it is filled in. */
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
 * Which capability Chime would refuse, if any. A medium that the meeting does not have accepts only None, and content cannot
 * be received without video: Chime answers both with 400.
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
 * What an attendee may do when the request omits Capabilities. In a meeting with content and without video, Chime grants
 * video Receive by default but refuses it by name, so the request omits them. With neither video nor content the default is
 * undocumented; None is all that Chime would accept.
 */
export function defaultCapabilities(features?: MeetingFeatures): Capabilities {
  const Content = hasNoContent(features) ? 'None' : 'SendReceive';
  if (!hasNoVideo(features)) return { Audio: 'SendReceive', Video: 'SendReceive', Content };
  return { Audio: 'SendReceive', Video: Content === 'None' ? 'None' : 'Receive', Content };
}

/**
 * How many people the stage takes. Content shares (at most two per meeting) and media pipelines join as attendees too, so 8 %
 * of the capacity, at most ten, is reserved for them. One person always fits.
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
 * The default capabilities, for a request that names them. Undefined where Chime refuses its own default by name (content
 * without video).
 */
export function explicitCapabilities(features?: MeetingFeatures): Capabilities | undefined {
  return namedCapabilities(defaultCapabilities(features), features);
}

/**
 * An attendee's former capabilities, for a request that names them. Undefined where Chime granted them by default but refuses
 * them by name (content without video).
 */
export function namedCapabilities(
  had: Capabilities | undefined,
  features?: MeetingFeatures,
): Capabilities | undefined {
  return had && !capabilityFault(had, features) ? had : undefined;
}

/**
 * The default capabilities without the microphone. With content and without video, receiving content cannot be requested by
 * name, so only sending remains.
 */
export function mutedCapabilities(features?: MeetingFeatures): Capabilities {
  const usual = explicitCapabilities(features) ?? { Audio: 'Receive', Video: 'None', Content: 'Send' };
  return { ...usual, Audio: 'Receive' };
}
