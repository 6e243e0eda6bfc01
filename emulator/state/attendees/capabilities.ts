import { ChimeError } from '../../errors.ts';
import type { EmulatorOptions } from '../../options.ts';
import type { Capabilities } from '../../shapes/capabilities.ts';
import { brokenConstraints } from '../../shapes/constraints.ts';
import type { Meeting } from '../meetings/meeting.ts';

/**
 * The capabilities granted to an attendee, as
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_AttendeeCapabilities.html describes. Without a
 * request, all that the meeting's features allow. A disabled feature refuses every use of it. Receiving content requires
 * receiving video.
 */
export function grantedCapabilities(
  options: EmulatorOptions,
  meeting: Meeting,
  asked: Capabilities | undefined,
): Capabilities {
  const hasVideo = meeting.features?.Video?.MaxResolution !== 'None';
  const hasContent = meeting.features?.Content?.MaxResolution !== 'None';
  if (!asked) return defaults(hasVideo, hasContent);
  if (!hasVideo && asked.Video !== 'None') throw featureIsOff(options, 'video');
  if (!hasContent && asked.Content !== 'None') throw featureIsOff(options, 'content');
  if (receives(asked.Content) && !receives(asked.Video)) {
    throw new ChimeError(options.semanticError, 'Content cannot be received unless video is received');
  }
  return asked;
}

function defaults(hasVideo: boolean, hasContent: boolean): Capabilities {
  const withoutVideo = hasContent ? 'Receive' : 'None';
  return {
    Audio: 'SendReceive',
    Video: hasVideo ? 'SendReceive' : withoutVideo,
    Content: hasContent ? 'SendReceive' : 'None',
  };
}

const receives = (capability: Capabilities['Video']) =>
  capability === 'Receive' || capability === 'SendReceive';

/** The reference calls this one "ValidationError 400". */
function featureIsOff(options: EmulatorOptions, medium: 'video' | 'content'): ChimeError {
  const constraint = `Member must be None, as the meeting's ${medium} MaxResolution is None`;
  return brokenConstraints(options.constraintError, [{ at: `capabilities.${medium}`, constraint }]);
}
