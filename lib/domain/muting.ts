import {
  type Capabilities,
  capabilityFault,
  type MeetingFeatures,
  mutedCapabilities,
} from './capabilities.ts';
import type { StagePlace } from './participant.ts';

/** What a person on stage is to be allowed by the latest request, confirmed by Chime or not. */
export function latestCapabilities({ wanted, Attendee }: StagePlace): Capabilities | undefined {
  return wanted ?? Attendee?.Capabilities;
}

/** Can a person with these capabilities not be heard? */
export function isMuted(capabilities: Capabilities | undefined): boolean {
  return capabilities?.Audio === 'Receive' || capabilities?.Audio === 'None';
}

/**
 * The same capabilities without the microphone: only audio changes. Where Chime grants by default what it refuses by name (content
 * without video), and where nothing is known, the usual ones of a muted person.
 */
export function mutedFrom(latest: Capabilities | undefined, features?: MeetingFeatures): Capabilities {
  const muted = latest && { ...latest, Audio: 'Receive' as const };
  return muted && !capabilityFault(muted, features) ? muted : mutedCapabilities(features);
}

export function sameCapabilities(one: Capabilities | undefined, other: Capabilities | undefined): boolean {
  return one?.Audio === other?.Audio && one?.Video === other?.Video && one?.Content === other?.Content;
}
