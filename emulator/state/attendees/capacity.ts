import { ChimeError } from '../../errors.ts';
import type { EmulatorOptions } from '../../options.ts';
import type { MeetingFeatures } from '../../shapes/features.ts';
import type { Meeting } from '../meetings/meeting.ts';

/**
 * How many attendees a meeting may have. FHD video or UHD content makes it a high-definition session of at most 25, which the
 * request must acknowledge with `Attendee.MaxCount`.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html
 */
export function capacityOf(options: EmulatorOptions, features: MeetingFeatures | undefined): number {
  const maxCount = features?.Attendee?.MaxCount;
  if (!isHighDefinition(features)) return Math.min(maxCount ?? Infinity, options.attendeesPerMeeting);
  const most = options.attendeesPerHighDefinitionMeeting;
  if (maxCount === undefined && options.highDefinitionWithoutMaxCount === 'refuse') {
    throw new ChimeError(options.semanticError, 'FHD video and UHD content require Attendee.MaxCount');
  }
  if (maxCount !== undefined && maxCount > most) {
    throw new ChimeError(options.semanticError, `Attendee.MaxCount is at most ${most} with FHD or UHD`);
  }
  return maxCount ?? most;
}

/** Whether the next attendee exceeds the capacity; never, if only connections are counted. */
export function isFull(options: EmulatorOptions, meeting: Meeting): boolean {
  return options.capacityError !== 'only-at-connect' && meeting.attendeeCount >= meeting.capacity;
}

/** The error for an attendee beyond the capacity. */
export function attendeeLimitExceeded(options: EmulatorOptions): ChimeError {
  const chosen = options.capacityError;
  const name = chosen === 'only-at-connect' ? 'LimitExceededException' : chosen;
  return new ChimeError(name, 'Attendee limit exceeded');
}

function isHighDefinition(features: MeetingFeatures | undefined): boolean {
  return features?.Video?.MaxResolution === 'FHD' || features?.Content?.MaxResolution === 'UHD';
}
