import fc from 'fast-check';
import type { Participant, Seat } from '../../lib/domain/participant.ts';
import {
  LOST_AFTER_MS,
  RECONNECT_MS,
  recyclable,
  runsShort,
  type SeatBook,
} from '../../lib/domain/recycling.ts';
import { NOW, primary, replica, topology } from '../support/topologies.ts';

const HOUSE = topology(primary(), replica('us-east-1'), replica('eu-west-1'));
const LONG_AGO = NOW - RECONNECT_MS - 1;

/** What one ticket is to its replica, and of whom. */
type Fate =
  | 'seated'
  | 'present'
  | 'just-gone'
  | 'left'
  | 'dropped'
  | 'revoked'
  | 'spare'
  | 'vacant'
  | 'nobodys'
  | 'watched';
const FATES: Fate[] = [
  'seated',
  'present',
  'just-gone',
  'left',
  'dropped',
  'revoked',
  'spare',
  'vacant',
  'nobodys',
  'watched',
];

const seat = (ticket: number, more: Partial<Seat> = {}): Seat => ({
  ordinal: 0,
  ticket,
  meetingId: 'r0',
  mediaRegion: 'us-east-1',
  viewerMediaRegion: 'us-east-1',
  reason: 'own-region',
  rttMs: 5,
  joinedAt: 10,
  ...more,
});

function holderOf(fate: Fate, ticket: number): Participant[] {
  const who = { externalUserId: `viewer-${ticket}`, role: 'viewer', epoch: 1 } as const;
  const seen = (state: 'present' | 'dropped', at: number) => ({ state, at, meetingId: 'r0' });
  const holders: Partial<Record<Fate, Participant>> = {
    seated: { ...who, seat: seat(ticket) },
    present: { ...who, seat: seat(ticket), presence: seen('present', LONG_AGO) },
    'just-gone': { ...who, seat: seat(ticket), presence: seen('dropped', NOW - RECONNECT_MS) },
    left: { ...who, seat: seat(ticket, { left: true, leftAt: LONG_AGO }) },
    dropped: { ...who, seat: seat(ticket), presence: seen('dropped', LONG_AGO) },
    revoked: { ...who, seat: seat(ticket, { ordinal: 1 }), revoked: seat(ticket) },
  };
  const holder = holders[fate];
  return holder ? [holder] : [];
}

function bookOf(fates: Fate[], suspectedAt: number): SeatBook {
  const having = (...some: Fate[]) =>
    new Set(fates.flatMap((fate, ticket) => (some.includes(fate) ? [ticket] : [])));
  return {
    ordinal: 0,
    taken: fates.length,
    minted: fates.length + 5,
    spare: having('spare'),
    vacant: having('vacant'),
    suspects: having('watched', 'spare', 'seated'),
    suspectedAt,
    holders: fates.flatMap(holderOf),
  };
}

const ticketsOf = (fates: Fate[], ...some: Fate[]) =>
  fates.flatMap((fate, ticket) => (some.includes(fate) ? [ticket] : []));
const fatesOf = fc.array(fc.constantFrom(...FATES), { maxLength: 40 });
const ages = fc.integer({ min: 0, max: 3 * LOST_AFTER_MS });

describe('of any replica, the seats that can be replaced', () => {
  it('are those of people who left or were seen to go for long enough, and of nobody else', () => {
    fc.assert(
      fc.property(fatesOf, ages, (fates, age) => {
        const { leavers } = recyclable(HOUSE, bookOf(fates, NOW - age), NOW);
        const tickets = leavers.map((leaver) => leaver.seat?.ticket);
        expect(tickets.toSorted()).toEqual(ticketsOf(fates, 'left', 'dropped').toSorted());
      }),
    );
  });

  it('are, of the tickets, those that are nobody’s and have been watched for long enough: each ticket is one thing only', () => {
    fc.assert(
      fc.property(fatesOf, ages, (fates, age) => {
        const { lost, suspects, revoked } = recyclable(HOUSE, bookOf(fates, NOW - age), NOW);
        const isOld = age > LOST_AFTER_MS;
        const watched = ticketsOf(fates, 'watched');
        const others = ticketsOf(fates, 'nobodys');
        expect(lost).toEqual(isOld ? watched : []);
        expect(suspects).toEqual(isOld || watched.length === 0 ? others : watched);
        expect(revoked.map((one) => one.revoked?.ticket)).toEqual(ticketsOf(fates, 'revoked'));
      }),
    );
  });

  it('never wait for ever: a ticket of nobody’s is lost after three looks, however they are spaced', () => {
    fc.assert(
      fc.property(
        fatesOf,
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 20, maxLength: 40 }),
        (fates, gaps) => {
          let book = { ...bookOf(fates, 0), suspects: new Set<number>() };
          let now = NOW;
          const lost = new Set<number>();
          const firstSeen = now;
          for (const gap of [0, ...gaps]) {
            now += gap;
            const found = recyclable(HOUSE, book, now);
            for (const ticket of found.lost) {
              expect(now - firstSeen).toBeGreaterThan(LOST_AFTER_MS);
              lost.add(ticket);
            }
            const vacant = new Set([...book.vacant, ...found.lost]);
            book = { ...book, vacant, suspects: new Set(found.suspects), suspectedAt: found.suspectedAt };
          }
          if (now - firstSeen > LOST_AFTER_MS + 90_000)
            expect([...lost].toSorted()).toEqual(ticketsOf(fates, 'nobodys', 'watched').toSorted());
        },
      ),
    );
  });
});

describe('somebody who is in their seat', () => {
  const away = (participant: Partial<Participant>) => {
    const holder = {
      externalUserId: 'ann',
      role: 'viewer',
      epoch: 1,
      seat: seat(0),
      ...participant,
    } as const;
    const book = { ...bookOf(['seated'], 0), holders: [holder] };
    return recyclable(HOUSE, book, NOW).leavers.length === 1;
  };
  const gone = { state: 'left', at: LONG_AGO, meetingId: 'r0' } as const;

  it('is whom Chime saw go from another meeting, or before they joined, or in another epoch', () => {
    expect(away({ presence: gone })).toBe(true);
    expect(away({ presence: { ...gone, meetingId: 'the-primary' } })).toBe(false);
    expect(away({ presence: gone, seat: seat(0, { joinedAt: LONG_AGO }) })).toBe(false);
    expect(away({ presence: gone, epoch: 2 })).toBe(false);
  });
});

describe('a replica that runs short', () => {
  it('has less than a fifth of its seats to sell', () => {
    const none = new Set<number>();
    expect(runsShort({ taken: 80, minted: 100, spare: none })).toBe(false);
    expect(runsShort({ taken: 81, minted: 100, spare: none })).toBe(true);
    expect(runsShort({ taken: 81, minted: 100, spare: new Set([3]) })).toBe(false);
  });
});
