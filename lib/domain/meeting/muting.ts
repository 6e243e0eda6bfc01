import {
  type Capabilities,
  type Capability,
  capabilityFault,
  explicitCapabilities,
  type MeetingFeatures,
  mutedCapabilities,
  namedCapabilities,
} from './capabilities.ts';
import type { StagePlace } from './participant.ts';

/** The capabilities that the latest request wants for a person on stage, whether Chime confirmed them or not. */
export function latestCapabilities({ wanted, Attendee }: StagePlace): Capabilities | undefined {
  return wanted ?? Attendee?.Capabilities;
}

/** Whether a person with these capabilities cannot be heard. */
export function isMuted(capabilities: Capabilities | undefined): boolean {
  return capabilities?.Audio === 'Receive' || capabilities?.Audio === 'None';
}

/**
 * The same capabilities without the microphone: only audio changes. Returns the default capabilities of a muted person
 * if none are known, or if Chime refuses the others when a request names them (content without video).
 */
export function mutedFrom(latest: Capabilities | undefined, features?: MeetingFeatures): Capabilities {
  const muted = latest && { ...latest, Audio: 'Receive' as const };
  return muted && !capabilityFault(muted, features) ? muted : mutedCapabilities(features);
}

/**
 * The latest capabilities with some of them changed. If only audio changes, and Chime refuses the others when a request
 * names them, returns the default capabilities of a muted person.
 */
export function changedFrom(
  latest: Capabilities | undefined,
  asked: Partial<Capabilities>,
  features?: MeetingFeatures,
): Capabilities {
  const usual = explicitCapabilities(features) ?? mutedCapabilities(features);
  const changed = { ...(latest ?? usual), ...asked };
  const isOfAudio = asked.Video === undefined && asked.Content === undefined;
  return isOfAudio && capabilityFault(changed, features)
    ? { ...mutedCapabilities(features), ...asked }
    : changed;
}

interface Entry {
  asked?: Capabilities | undefined;
  /** What the person was last allowed on stage. */
  allowed?: Capabilities | undefined;
  isMuted: boolean;
  features?: MeetingFeatures | undefined;
}

/**
 * The capabilities of a person who enters the stage: what they request, within what they were last allowed there, and without
 * a microphone where newcomers are muted. Undefined: Chime's default.
 */
export function capabilitiesOnEntry({
  asked,
  allowed,
  isMuted: mutes,
  features,
}: Entry): Capabilities | undefined {
  const limit = allowed && (namedCapabilities(allowed, features) ?? mutedUnlessHeard(allowed, features));
  const within = asked && limit ? withinBoth(asked, limit) : (asked ?? limit);
  return mutes && !isMuted(within) ? mutedFrom(within, features) : within;
}

/**
 * The limit for a person whose former capabilities no longer fit the meeting's features: a mute still holds, nothing
 * else does.
 */
function mutedUnlessHeard(allowed: Capabilities, features?: MeetingFeatures): Capabilities | undefined {
  return isMuted(allowed) ? mutedCapabilities(features) : undefined;
}

function withinBoth(one: Capabilities, other: Capabilities): Capabilities {
  const both = (medium: keyof Capabilities): Capability => {
    const may = (way: 'Send' | 'Receive') => one[medium].includes(way) && other[medium].includes(way);
    if (may('Send')) return may('Receive') ? 'SendReceive' : 'Send';
    return may('Receive') ? 'Receive' : 'None';
  };
  return { Audio: both('Audio'), Video: both('Video'), Content: both('Content') };
}

export function sameCapabilities(one: Capabilities | undefined, other: Capabilities | undefined): boolean {
  return one?.Audio === other?.Audio && one?.Video === other?.Video && one?.Content === other?.Content;
}
