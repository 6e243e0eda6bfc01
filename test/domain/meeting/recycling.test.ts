import { RECONNECT_MS } from '../../../lib/domain/meeting/absence.ts';
import { CLOCK_SKEW_MS } from '../../../lib/domain/meeting/clocks.ts';
import type { Participant, Seat } from '../../../lib/domain/meeting/participant.ts';
import type { Presence } from '../../../lib/domain/meeting/presence.ts';
import {
  LEAKED_AFTER_MS,
  recyclable,
  runsShort,
  type SeatBook,
  ticketsAway,
} from '../../../lib/domain/meeting/recycling.ts';
import fc from '../../support/random/property.ts';
import { primary, replica, topology } from '../../support/topologies.ts';

const NOW = 1_800_000_000_000;
const HOUSE = topology(primary(), replica('us-east-1'), replica('eu-west-1'));
const LONG_AGO = NOW - RECONNECT_MS - 1;
const DROPPED_SEAT_MS = 3_600_000;
const HOURS_AGO = NOW - DROPPED_SEAT_MS - 1;
const WAITS = { now: NOW, droppedSeatMs: DROPPED_SEAT_MS };

/** The person whose connection an event reported: it proves that events arrive. */
const PRESENTER: Participant = {
  ...{ externalUserId: 'ada', role: 'presenter', incarnatedAt: 0, epoch: 1 },
  stagePresence: { state: 'present', at: LONG_AGO, meetingId: 'the-primary' },
};

/** The state of one ticket for its replica, and its holder. */
type TicketState =
  | 'seated'
  | 'present'
  | 'just-gone'
  | 'just-dropped'
  | 'gone'
  | 'left'
  | 'dropped'
  | 'never-connected'
  | 'revoked'
  | 'returned'
  | 'retired'
  | 'unheld'
  | 'watched'
  | 'away';
const TICKET_STATES: TicketState[] = [
  'seated',
  'present',
  'just-gone',
  'just-dropped',
  'gone',
  'left',
  'dropped',
  'never-connected',
  'revoked',
  'returned',
  'retired',
  'unheld',
  'watched',
  'away',
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

function holderOf(state: TicketState, ticket: number): Participant[] {
  const who = { externalUserId: `viewer-${ticket}`, role: 'viewer', incarnatedAt: 0, epoch: 1 } as const;
  const seen = (state: Presence['state'], at: number) => ({ state, at, meetingId: 'r0' });
  const holders: Partial<Record<TicketState, Participant>> = {
    seated: { ...who, seat: seat(ticket, { joinedAt: NOW - DROPPED_SEAT_MS }) },
    'never-connected': { ...who, seat: seat(ticket, { joinedAt: HOURS_AGO }) },
    present: { ...who, seat: seat(ticket), presence: seen('present', LONG_AGO) },
    'just-gone': { ...who, seat: seat(ticket), presence: seen('left', NOW - RECONNECT_MS) },
    'just-dropped': { ...who, seat: seat(ticket), presence: seen('dropped', NOW - DROPPED_SEAT_MS) },
    gone: { ...who, seat: seat(ticket), presence: seen('left', LONG_AGO) },
    left: { ...who, seat: seat(ticket, { left: true, leftAt: LONG_AGO }) },
    dropped: { ...who, seat: seat(ticket), presence: seen('dropped', HOURS_AGO) },
    revoked: { ...who, seat: seat(ticket, { ordinal: 1 }), revoked: seat(ticket) },
  };
  const holder = holders[state];
  return holder ? [holder] : [];
}

function bookOf(tickets: TicketState[], leaksNotedAt: number): SeatBook {
  const having = (...some: TicketState[]) =>
    new Set(tickets.flatMap((state, ticket) => (some.includes(state) ? [ticket] : [])));
  return {
    ordinal: 0,
    taken: tickets.length,
    minted: tickets.length + 5,
    returned: having('returned'),
    retired: having('retired'),
    away: having('away', 'returned', 'seated'),
    leakCandidates: having('watched', 'returned', 'seated'),
    leaksNotedAt,
    holders: [...tickets.flatMap(holderOf), PRESENTER],
  };
}

const ticketsOf = (tickets: TicketState[], ...some: TicketState[]) =>
  tickets.flatMap((state, ticket) => (some.includes(state) ? [ticket] : []));
const states = fc.array(fc.constantFrom(...TICKET_STATES), { maxLength: 40 });
const ages = fc.integer({ min: 0, max: 3 * LEAKED_AFTER_MS });

describe('the replaceable seats of a replica', () => {
  it('belong to people who left or disconnected long enough ago, and to no one else', () => {
    fc.assert(
      fc.property(states, ages, (tickets, age) => {
        const { leavers } = recyclable(HOUSE, bookOf(tickets, NOW - age), WAITS);
        const replaced = leavers.map((leaver) => leaver.seat?.ticket);
        expect(replaced.toSorted()).toEqual(
          ticketsOf(tickets, 'left', 'gone', 'dropped', 'never-connected').toSorted(),
        );
      }),
    );
  });

  it('include unassigned tickets that were watched for long enough; each ticket is in one state only', () => {
    fc.assert(
      fc.property(states, ages, (tickets, age) => {
        const { leaked, leakCandidates, revoked } = recyclable(HOUSE, bookOf(tickets, NOW - age), WAITS);
        const isOld = age > LEAKED_AFTER_MS;
        const watched = ticketsOf(tickets, 'watched');
        const others = ticketsOf(tickets, 'unheld', 'away');
        expect(leaked).toEqual(isOld ? watched : []);
        expect(leakCandidates).toEqual(isOld || watched.length === 0 ? others : watched);
        expect(revoked.map((one) => one.revoked?.ticket)).toEqual(ticketsOf(tickets, 'revoked'));
      }),
    );
  });

  it('include an unassigned ticket once passes have found it so for long enough, whatever the time between passes', () => {
    fc.assert(
      fc.property(
        states,
        fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 20, maxLength: 40 }),
        (tickets, gaps) => {
          let book = { ...bookOf(tickets, 0), leakCandidates: new Set<number>() };
          let now = NOW;
          const leaked = new Set<number>();
          const firstSeen = now;
          for (const gap of [0, ...gaps]) {
            now += gap;
            const found = recyclable(HOUSE, book, { ...WAITS, now });
            for (const ticket of found.leaked) {
              expect(now - firstSeen).toBeGreaterThan(LEAKED_AFTER_MS);
              leaked.add(ticket);
            }
            const retired = new Set([...book.retired, ...found.leaked]);
            book = {
              ...book,
              retired,
              leakCandidates: new Set(found.leakCandidates),
              leaksNotedAt: found.leaksNotedAt,
            };
          }
          if (now - firstSeen > LEAKED_AFTER_MS + 90_000)
            expect([...leaked].toSorted()).toEqual(
              ticketsOf(tickets, 'unheld', 'watched', 'away').toSorted(),
            );
        },
      ),
    );
  });
});

describe('the tickets of a replica that are away', () => {
  it('are those that were returned, revoked or leaked, and no others', () => {
    fc.assert(
      fc.property(states, ages, (tickets, age) => {
        const book = bookOf(tickets, NOW - age);
        const { leaked: lost } = recyclable(HOUSE, book, WAITS);
        const away = ticketsOf(tickets, 'left', 'revoked', 'away');
        expect(ticketsAway(book, lost).toSorted()).toEqual([...away, ...lost].toSorted());
      }),
    );
  });
});

describe('a viewer who may be connected', () => {
  const isReplaced = (participant: Partial<Participant>, waits = WAITS, others = [PRESENTER]) => {
    const who = {
      externalUserId: 'ann',
      role: 'viewer',
      incarnatedAt: 0,
      epoch: 1,
      seat: seat(0, { joinedAt: HOURS_AGO - 60_000 }),
    } as const;
    const book = { ...bookOf(['seated'], 0), holders: [{ ...who, ...participant }, ...others] };
    return recyclable(HOUSE, book, waits).leavers.length === 1;
  };
  const gone = { state: 'left', at: LONG_AGO, meetingId: 'r0' } as const;
  const dropped = { ...gone, state: 'dropped', at: HOURS_AGO } as const;

  it('keeps the seat whatever events say of another meeting, or of another epoch', () => {
    expect(isReplaced({ presence: gone })).toBe(true);
    const seated = { seat: seat(0, { joinedAt: LONG_AGO }) };
    expect(isReplaced({ ...seated, presence: { ...gone, meetingId: 'the-primary' } })).toBe(false);
    expect(isReplaced({ presence: gone, epoch: 2 })).toBe(false);
  });

  it('loses the seat where no event reports a connection within the grace period of a drop', () => {
    expect(isReplaced({})).toBe(true);
    expect(isReplaced({ seenAt: HOURS_AGO })).toBe(true);
    expect(isReplaced({ seenAt: HOURS_AGO + 1 })).toBe(false);
    expect(isReplaced({ seat: seat(0, { joinedAt: HOURS_AGO + 1 }) })).toBe(false);
  });

  it('keeps the seat for ever where no event about any person arrived', () => {
    const told = (meetingId: string) => [
      { ...PRESENTER, stagePresence: { state: 'present', at: 1, meetingId } as const },
    ];
    expect(isReplaced({}, WAITS, [])).toBe(false);
    expect(isReplaced({}, WAITS, told('a-primary-of-long-ago'))).toBe(false);
    expect(isReplaced({}, WAITS, told('r1'))).toBe(true);
  });

  it('keeps the seat for ever while the last event reports a connection, to the replica or to the stage', () => {
    const Attendee = { AttendeeId: 'a', ExternalUserId: 'ann', JoinToken: 't' };
    const place = { state: 'held', promoted: true, joinedAt: 1, Attendee } as const;
    const stagePresence = { state: 'present', at: 1, meetingId: 'the-primary' } as const;
    expect(isReplaced({ presence: { ...gone, state: 'present', at: 1 } })).toBe(false);
    expect(isReplaced({ presence: gone, place, stagePresence })).toBe(false);
    expect(isReplaced({ presence: gone, stagePresence })).toBe(true);
  });

  it.each([gone, dropped])(
    'keeps the seat, if the last event is $state and a request came after it, until the request is as long ago as a drop may be',
    (presence) => {
      expect(isReplaced({ presence, seenAt: HOURS_AGO + 1 })).toBe(presence.at > HOURS_AGO + 1);
      expect(isReplaced({ presence, seenAt: NOW })).toBe(false);
      expect(isReplaced({ presence, seat: seat(0, { joinedAt: NOW }) })).toBe(false);
      expect(isReplaced({ presence, seenAt: presence.at - CLOCK_SKEW_MS - 1 })).toBe(true);
    },
  );

  it('counts as dropped if the clocks cannot order the last request and the last event', () => {
    for (const skew of [-CLOCK_SKEW_MS, 0, CLOCK_SKEW_MS]) {
      expect(isReplaced({ presence: gone, seenAt: gone.at + skew })).toBe(false);
      const at = HOURS_AGO - CLOCK_SKEW_MS;
      expect(isReplaced({ presence: { ...gone, at }, seenAt: at + skew })).toBe(true);
    }
  });

  it('keeps the seat for ever after a drop where droppedSeatMs is 0, and not after leaving', () => {
    const forEver = { now: NOW, droppedSeatMs: 0 };
    expect(isReplaced({ presence: { ...dropped, at: 1e6 } }, forEver)).toBe(false);
    expect(isReplaced({ presence: gone }, forEver)).toBe(true);
  });
});

describe('a replica that runs short', () => {
  it('has less than a fifth of its seats on sale', () => {
    const none = new Set<number>();
    const book = { taken: 81, minted: 100, returned: none, retired: none };
    expect(runsShort({ ...book, taken: 80 })).toBe(false);
    expect(runsShort(book)).toBe(true);
    expect(runsShort({ ...book, returned: new Set([3]) })).toBe(false);
  });

  it('is measured by the seats that exist now, however many were replaced', () => {
    const retired = new Set(Array.from({ length: 900 }, (_, ticket) => ticket));
    expect(runsShort({ taken: 980, minted: 1000, returned: new Set(), retired })).toBe(false);
    expect(runsShort({ taken: 981, minted: 1000, returned: new Set(), retired })).toBe(true);
  });
});
