import { latestCapabilities } from '../../domain/meeting/muting.ts';
import type { StagePlace } from '../../domain/meeting/participant.ts';
import { changeParticipant, type Subject } from './participants.ts';

const names = {
  '#state': 'state',
  '#version': 'version',
  '#owner': 'owner',
  '#until': 'until',
};

/**
 * Replace a place on stage, if it is still as it was read: same attendee, same version of the requested
 * capabilities, same lease. A `conflict` changes nothing: read it again. The capabilities that others gave a
 * presenter are stored beyond the place.
 */
export async function swapPlace(
  subject: Subject,
  { from, to }: { from: StagePlace; to: StagePlace },
): Promise<'done' | 'conflict'> {
  const before = likenessOf(from, 'from');
  const after = likenessOf(to, 'to');
  const latest = to.promoted || to.version === undefined ? undefined : latestCapabilities(to);
  const allowed = latest && { incarnation: subject.topology.incarnation, capabilities: latest };
  return changeParticipant(subject, {
    set: { place: to, role: subject.caller.role, ...(allowed && { allowed }) },
    clauses: [before.clause],
    own: after.clause,
    names,
    values: { ...before.values, ...after.values },
  });
}

/**
 * The condition that identifies one state of a place. Each change of the requested capabilities increments its
 * version.
 */
function likenessOf(place: StagePlace, tag: 'from' | 'to') {
  const { state, Attendee, version, lease, wanted, promoted } = place;
  const told: [path: string, name: string, value: string | number | undefined][] = [
    ['place.#state', 'State', state],
    ['place.Attendee.AttendeeId', 'Id', Attendee?.AttendeeId],
    ['place.#version', 'Version', version],
    ['place.lease.#owner', 'Owner', lease?.owner],
    ['place.lease.#until', 'Until', lease?.until],
  ];
  const exists = (path: string, value: unknown) => `attribute_${value ? '' : 'not_'}exists(${path})`;
  const clauses = told.map(([path, name, value]) =>
    value === undefined ? exists(path, false) : `${path} = :${tag}${name}`,
  );
  const known = told.filter(([, , value]) => value !== undefined);
  return {
    clause: [...clauses, exists('place.wanted', wanted), exists('place.promoted', promoted)].join(' AND '),
    values: Object.fromEntries(known.map(([, name, value]) => [`:${tag}${name}`, value])),
  };
}
