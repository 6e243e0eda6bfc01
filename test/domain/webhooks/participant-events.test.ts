import { eventsOf } from '../../../lib/domain/webhooks/change.ts';
import { NOON_S, recordOf, typesIn } from './images.ts';

const PK = 'PARTICIPANTS#all#hands#3';
const linus = {
  externalUserId: 'linus',
  displayName: 'Linus Quill',
  role: 'viewer',
  incarnatedAt: 1,
  epoch: 1,
};
const hand = { incarnation: 'i1', raisedAt: new Date(NOON_S * 1000 + 5).toISOString() };
const place = {
  state: 'held',
  promoted: true,
  joinedAt: NOON_S * 1000 + 9,
  Attendee: { AttendeeId: 'a1', ExternalUserId: 'linus', JoinToken: 'secret-join-token' },
};

describe('the events of a hand', () => {
  it('tell who raised it and when, under the whole name of the meeting', () => {
    expect(eventsOf(recordOf(PK, linus, { ...linus, hand }))).toEqual([
      expect.objectContaining({
        type: 'hand.raised',
        externalMeetingId: 'all#hands',
        occurredAt: hand.raisedAt,
        data: { incarnation: 'i1', externalUserId: 'linus', raisedAt: hand.raisedAt },
      }),
    ]);
  });

  it('tell that it was lowered, and that it was raised again', () => {
    expect(typesIn(PK, { ...linus, hand }, linus)).toEqual(['hand.lowered']);
    const later = { ...hand, raisedAt: new Date(NOON_S * 1000 + 9000).toISOString() };
    expect(typesIn(PK, { ...linus, hand }, { ...linus, hand: later })).toEqual(['hand.raised']);
  });

  it('tell nothing when a hand of an ended life of the name is lowered in the next one', () => {
    const before = { ...linus, hand: { ...hand, incarnatedAt: 1 } };
    expect(typesIn(PK, before, linus)).toEqual(['hand.lowered']);
    expect(typesIn(PK, { ...before, incarnatedAt: 2 }, { ...linus, incarnatedAt: 2 })).toEqual([]);
    expect(typesIn(PK, before, { ...linus, incarnatedAt: 2 })).toEqual([]);
    const next = {
      incarnation: 'i2',
      incarnatedAt: 2,
      raisedAt: new Date(NOON_S * 1000 + 9000).toISOString(),
    };
    expect(typesIn(PK, before, { ...linus, incarnatedAt: 2, hand: next })).toEqual(['hand.raised']);
  });

  it('tell nothing when another part of the record changes', () => {
    expect(typesIn(PK, { ...linus, hand }, { ...linus, hand, seenAt: 7 })).toEqual([]);
    expect(typesIn(PK, undefined, linus)).toEqual([]);
  });
});

describe('the events of a promotion', () => {
  it('tell that a viewer went on stage and that the hand is down, and hold no credential and no display name', () => {
    const before = { ...linus, hand, place: { ...place, state: 'claimed', Attendee: undefined } };
    const events = eventsOf(recordOf(PK, before, { ...linus, place }));
    expect(events.map(({ type }) => type)).toEqual(['hand.lowered', 'promotion.granted']);
    expect(events[1]?.data).toEqual({ epoch: 1, externalUserId: 'linus' });
    expect(JSON.stringify(events)).not.toMatch(/secret-join-token|a1|Quill/);
  });

  it('tell a return as one', () => {
    const [event] = eventsOf(recordOf(PK, linus, { ...linus, place: { ...place, returned: true } }));
    expect(event).toMatchObject({ type: 'promotion.granted', data: { returned: true } });
  });

  it('tell its end once: when the leaving begins', () => {
    const leaving = { ...linus, place: { ...place, state: 'leaving' } };
    expect(typesIn(PK, { ...linus, place }, leaving)).toEqual(['promotion.revoked']);
    expect(typesIn(PK, leaving, linus)).toEqual([]);
  });

  it('tell nothing of people who are on stage by their role', () => {
    const byRole = { ...place, promoted: undefined };
    expect(typesIn(PK, linus, { ...linus, place: byRole })).toEqual([]);
    expect(typesIn(PK, { ...linus, place: byRole }, linus)).toEqual([]);
  });

  it('tell no end of a promotion that ended with its epoch', () => {
    expect(typesIn(PK, { ...linus, place }, { ...linus, epoch: 2 })).toEqual([]);
    expect(typesIn(PK, { ...linus, place }, { ...linus, incarnatedAt: 2 })).toEqual([]);
  });

  it('tell nothing when a person is banned who never joined', () => {
    const banned = { externalUserId: 'mallory', role: 'viewer', bannedAt: 1 };
    expect(typesIn(PK, undefined, banned)).toEqual([]);
    expect(typesIn(PK, banned, { ...banned, bannedAt: 2 })).toEqual([]);
  });
});
