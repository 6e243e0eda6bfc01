import { CLOCK_SKEW_MS } from '../../../lib/domain/meeting/clocks.ts';
import type { Participant, StagePlace } from '../../../lib/domain/meeting/participant.ts';
import { isStagePerson, stageFaults } from '../../../lib/domain/meeting/stage-audit.ts';
import fc from '../../support/random/property.ts';
import { NOW, primary, topology } from '../../support/topologies.ts';

const LISTED_AT = NOW - 50;
const LIVING = { owner: 'somebody', until: NOW + 1 };
const DEAD = { owner: 'nobody', until: NOW };
const attendee = (name: string, n = 0) => ({
  AttendeeId: `${name}-${n}`,
  ExternalUserId: name,
  JoinToken: 'secret',
});

/** The place of a person, and whether the person is at Chime and in the topology's stage. */
const PLACES: Record<string, { place?: StagePlace; isOnes: boolean }> = {
  none: { isOnes: false },
  entering: { place: { state: 'claimed', lease: LIVING, joinedAt: 0 }, isOnes: true },
  leaving: { place: { state: 'leaving', lease: LIVING, joinedAt: 0 }, isOnes: true },
  'half in': { place: { state: 'claimed', lease: DEAD, joinedAt: 0 }, isOnes: false },
  'half out': { place: { state: 'leaving', lease: DEAD, joinedAt: 0 }, isOnes: false },
};
const oneOf = fc.record({
  stands: fc.constantFrom(...Object.keys(PLACES), 'held', 'held just now'),
  attendees: fc.integer({ min: 0, max: 2 }),
  isOnStage: fc.boolean(),
  epoch: fc.constantFrom(1, 1, 1, 0),
});

const sightOf = (people: { stands: string; attendees: number; isOnStage: boolean; epoch: number }[]) => {
  const named = people.map((one, n) => ({ ...one, name: `person-${n}` }));
  const attendees = named.flatMap(({ name, attendees: many }) =>
    Array.from({ length: many }, (_, n) => attendee(name, n)),
  );
  const records: Participant[] = named.map(({ name, stands, epoch }) => {
    const joinedAt = LISTED_AT - CLOCK_SKEW_MS - (stands === 'held' ? 1 : 0);
    const held: StagePlace = { state: 'held', Attendee: attendee(name), joinedAt };
    const place = stands.startsWith('held') ? held : PLACES[stands]?.place;
    return { externalUserId: name, role: 'presenter', incarnatedAt: 0, epoch, ...(place && { place }) };
  });
  const stage = named.filter(({ isOnStage }) => isOnStage).map(({ name }) => name);
  const faults = stageFaults(topology(primary('us-east-1', stage)), {
    attendees,
    hasPipeline: false,
    people: records,
    listedAt: LISTED_AT,
    now: NOW,
  });
  return { named, faults };
};

describe('the stage audit', () => {
  it('never settles a person who is entering or leaving, or whose attendee exists or is newer than the list by some clock', () => {
    fc.assert(
      fc.property(fc.array(oneOf, { maxLength: 12 }), (people) => {
        const { named, faults } = sightOf(people);
        const byRight = named.filter(({ stands, attendees, epoch }) => {
          const isThere = (stands === 'held' && attendees > 0) || stands === 'held just now';
          return epoch === 1 && (isThere || PLACES[stands]?.isOnes);
        });
        const isConcerned = named.filter(({ isOnStage, attendees }) => isOnStage || attendees > 0);
        const expected = isConcerned.filter((one) => !byRight.includes(one)).map(({ name }) => name);
        expect(faults.unsettled.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  it('deletes every attendee of a person except the one on record', () => {
    fc.assert(
      fc.property(fc.array(oneOf, { maxLength: 12 }), (people) => {
        const { named, faults } = sightOf(people);
        const holders = named.filter(({ stands, epoch }) => stands.startsWith('held') && epoch === 1);
        const seconds = holders.filter(({ attendees }) => attendees === 2).map(({ name }) => `${name}-1`);
        expect(faults.surplus.map(({ AttendeeId }) => AttendeeId).toSorted()).toEqual(seconds.toSorted());
      }),
    );
  });
});

describe('an attendee of a person', () => {
  it('is neither a content share nor a media pipeline of AWS', () => {
    expect(isStagePerson(attendee('ann'))).toBe(true);
    expect(isStagePerson({ ...attendee('ann'), AttendeeId: 'x#content' })).toBe(false);
    expect(isStagePerson(attendee('aws:MediaPipeline-1'))).toBe(false);
  });
});
