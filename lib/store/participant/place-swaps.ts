import { latestCapabilities } from '../../domain/meeting/muting.ts';
import type { StagePlace } from '../../domain/meeting/participant.ts';
import { all, type Clause } from '../conditions.ts';
import { changeParticipant, type Subject } from './participants.ts';

/**
 * Replace a place on stage, if it is still as it was read: same attendee, same version of the requested
 * capabilities, same lease. A `conflict` changes nothing: read it again. The capabilities that others gave a
 * presenter are stored beyond the place.
 */
export async function swapPlace(
  subject: Subject,
  { from, to }: { from: StagePlace; to: StagePlace },
): Promise<'done' | 'conflict'> {
  const latest = to.promoted || to.version === undefined ? undefined : latestCapabilities(to);
  const allowed = latest && { incarnation: subject.topology.incarnation, capabilities: latest };
  return changeParticipant(subject, {
    set: { place: to, role: subject.caller.role, ...(allowed && { allowed }) },
    clauses: [likenessOf(from, 'from')],
    own: likenessOf(to, 'to'),
  });
}

/**
 * The condition that identifies one state of a place. Each change of the requested capabilities increments its
 * version.
 */
function likenessOf(place: StagePlace, tag: 'from' | 'to'): Clause {
  const { state, Attendee, version, lease, wanted, promoted } = place;
  const exists = (path: string, value: unknown) => `attribute_${value ? '' : 'not_'}exists(${path})`;
  const member = (path: string, name: string, value: string | number | undefined): Clause => {
    const names = { [`#${name}`]: name };
    if (value === undefined) return { expression: exists(path, false), names };
    return { expression: `${path} = :${tag}${name}`, names, values: { [`:${tag}${name}`]: value } };
  };
  return all(
    member('place.#state', 'state', state),
    member('place.Attendee.#AttendeeId', 'AttendeeId', Attendee?.AttendeeId),
    member('place.#version', 'version', version),
    member('place.lease.#owner', 'owner', lease?.owner),
    member('place.lease.#until', 'until', lease?.until),
    exists('place.wanted', wanted),
    exists('place.promoted', promoted),
  );
}
