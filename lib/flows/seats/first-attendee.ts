import type { FirstAttendee } from '../../chime/meetings.ts';
import { type Capabilities, capabilityFault } from '../../domain/meeting/capabilities.ts';
import { capabilitiesOnEntry } from '../../domain/meeting/muting.ts';
import { allowedIn, type Participant } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import type { Subject } from '../../store/participant/participants.ts';

/**
 * The attendee request for a person in the primary, under their own user id. Capabilities that Chime would reject
 * are refused by field.
 */
export function checkedCapabilities(
  { topology, caller }: Subject,
  Capabilities: Capabilities | undefined,
): FirstAttendee {
  const ExternalUserId = caller.externalUserId;
  if (!Capabilities) return { ExternalUserId };
  const fault = capabilityFault(Capabilities, topology.options.meetingFeatures);
  if (fault) throw new Refusal('BAD_REQUEST', fault);
  return { ExternalUserId, Capabilities };
}

/**
 * The attendee request of a person who enters the stage. It has the requested capabilities, within those last
 * allowed, and is muted if the host's `muteOnJoin` is set. Hosts are neither limited nor muted, because they could
 * undo it themselves.
 */
export function attendeeOnEntry(
  subject: Subject,
  { asked, participant }: { asked: Capabilities | undefined; participant: Participant | undefined },
): FirstAttendee {
  const { topology, caller } = subject;
  const features = topology.options.meetingFeatures;
  const first = checkedCapabilities(subject, asked);
  if (caller.role === 'host') return first;
  const allowed = allowedIn(topology, participant);
  const isMuted = topology.options.muteOnJoin === true;
  const Capabilities = capabilitiesOnEntry({ asked, allowed, isMuted, features });
  return { ...first, ...(Capabilities && { Capabilities }) };
}
