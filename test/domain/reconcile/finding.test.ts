import type { Participant, StagePlace } from '../../../lib/domain/meeting/participant.ts';
import type { Presence } from '../../../lib/domain/meeting/presence.ts';
import { MOST_AGE_MS, primaryMeetingId, type Topology } from '../../../lib/domain/meeting/topology.ts';
import { findingOf } from '../../../lib/domain/reconcile/finding.ts';
import { abandoned, NOW, opening, primary, replica, topology } from '../../support/topologies.ts';

const LOOKED_AT = NOW - 60_000;
const RULES = { droppedSeatMs: 3_600_000, endEmptyAfterMs: 900_000, captionsRestartMs: 0, now: NOW };
const LIVING = { owner: 'a-request', until: NOW + 1 };
const DEAD = { owner: 'a-request-that-died', until: NOW };

const live = topology(primary('us-east-1', ['ada']));
const HELD: StagePlace = {
  state: 'held',
  Attendee: { AttendeeId: 'ada-0', ExternalUserId: 'ada', JoinToken: 'secret' },
  joinedAt: 0,
};
const present: Presence = { state: 'present', at: LOOKED_AT, meetingId: primaryMeetingId(live) as string };

/** Ada, who is connected to the stage unless `more` says otherwise. */
const ada = (more: Partial<Participant> = {}): Participant => ({
  externalUserId: 'ada',
  role: 'presenter',
  incarnatedAt: 0,
  epoch: live.epoch,
  place: HELD,
  stagePresence: present,
  ...more,
});
const found = (people: Participant[], given: Topology = live) =>
  findingOf(given, { people, lookedAt: LOOKED_AT }, RULES);

describe('what the records of a name tell the reconciler', () => {
  it('is nothing while a person is connected to the primary', () => {
    expect(found([ada()])).toBe('calm');
    expect(found([ada()], topology(primary('us-east-1', ['ada']), replica('us-east-1')))).toBe('calm');
  });

  it.each<[string, Participant[]]>([
    ['without a record', []],
    ['without a place', [ada({ place: undefined as never })]],
    ['with a place of an earlier epoch', [ada({ epoch: 0 })]],
    ['whom a request left while entering', [ada({ place: { state: 'claimed', lease: DEAD, joinedAt: 0 } })]],
    ['whom a request left while leaving', [ada({ place: { state: 'leaving', lease: DEAD, joinedAt: 0 } })]],
    [
      'whose capabilities were not confirmed',
      [ada({ place: { ...HELD, wanted: { Audio: 'None', Video: 'None', Content: 'None' } } })],
    ],
  ])('is trouble for a person on stage %s', (_, people) => {
    expect(found(people)).toBe('trouble');
  });

  it('is no trouble while a request is at work', () => {
    expect(found([ada({ place: { ...HELD, lease: LIVING, wanted: {} as never } })])).toBe('calm');
    expect(found([ada({ place: { state: 'claimed', lease: LIVING, joinedAt: 0 } })])).toBe('doubt');
    expect(found([ada()], topology(primary('us-east-1', ['ada']), opening('us-east-1')))).toBe('calm');
  });

  it('is trouble where a connection ended since the last look, and doubt where it ended before', () => {
    const ended = (state: 'left' | 'dropped', at: number) =>
      ada({ stagePresence: { ...present, state, at } });
    expect(found([ended('dropped', LOOKED_AT + 1)])).toBe('trouble');
    expect(found([ended('left', LOOKED_AT + 1)])).toBe('trouble');
    expect(found([ended('left', LOOKED_AT - 10_000)])).toBe('doubt');
  });

  it('is doubt where no event tells that a person is connected to this primary', () => {
    expect(found([ada({ stagePresence: undefined as never })])).toBe('doubt');
    expect(found([ada({ stagePresence: { ...present, meetingId: 'an-earlier-one' } })])).toBe('doubt');
  });

  it('is trouble for a replica that was not opened to the end', () => {
    expect(found([ada()], topology(primary('us-east-1', ['ada']), abandoned('us-east-1')))).toBe('trouble');
  });

  it('is doubt where seats run short, or the stage was found empty', () => {
    const filling = { ...topology(primary('us-east-1', ['ada']), replica('us-east-1')) };
    const replicas = filling.replicas.map((one) => ({ ...one, filling: true }));
    expect(found([ada()], { ...filling, replicas })).toBe('doubt');
    const empty = { ...live, primary: { ...live.primary, emptySince: NOW } } as Topology;
    expect(found([ada()], empty)).toBe('doubt');
  });

  it('is trouble for an ended name, and for a primary that is too old', () => {
    expect(found([ada()], { ...live, status: 'ended' })).toBe('trouble');
    const old = { ...live, primary: { ...live.primary, openedAt: NOW - MOST_AGE_MS } } as Topology;
    expect(found([ada()], old)).toBe('trouble');
  });

  it('is unfinished for a primary that is not open', () => {
    const claimed = { state: 'claimed', mediaRegion: 'us-east-1', capacity: 0, lease: DEAD } as const;
    expect(found([], { ...topology(), status: 'scheduled', primary: claimed })).toBe('unfinished');
    expect(found([], { ...topology(), status: 'scheduled' })).toBe('calm');
  });
});
