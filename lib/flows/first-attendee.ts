import type { FirstAttendee } from '../chime/meetings.ts';
import { type Capabilities, capabilityFault, type MeetingFeatures } from '../domain/capabilities.ts';
import { Refusal } from '../refusals.ts';
import type { Subject } from '../store/participants.ts';

/** Somebody's attendee in the primary, under their own name. What Chime would refuse is refused by field. */
export function checkedCapabilities(
  { topology, caller }: Subject,
  Capabilities: Capabilities | undefined,
): FirstAttendee {
  const ExternalUserId = caller.externalUserId;
  if (!Capabilities) return { ExternalUserId };
  const fault = capabilityFault(
    Capabilities,
    topology.options.meetingFeatures as MeetingFeatures | undefined,
  );
  if (fault) throw new Refusal('BAD_REQUEST', fault);
  return { ExternalUserId, Capabilities };
}
