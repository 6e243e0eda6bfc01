import {
  epochIn,
  heldAttendee,
  isAhead,
  type Participant,
  placeIn,
  revokedIn,
  type Seat,
  seatIn,
} from '../../../lib/domain/meeting/participant.ts';
import { primary, topology } from '../../support/topologies.ts';

const Attendee = { AttendeeId: 'a', ExternalUserId: 'ada', JoinToken: 't' };
const seat: Seat = {
  ordinal: 0,
  ticket: 7,
  meetingId: 'r0',
  mediaRegion: 'eu-west-1',
  viewerMediaRegion: 'eu-west-1',
  reason: 'own-region',
  rttMs: 1,
  joinedAt: 1,
};
const held = { state: 'held', Attendee, joinedAt: 1 } as const;
const ada = (more: Partial<Participant>): Participant => ({
  externalUserId: 'ada',
  role: 'viewer',
  incarnatedAt: 0,
  epoch: 1,
  ...more,
});
const live = topology(primary());
const nextLife = { ...live, epoch: 2 };

describe('the seat and the place of a participant', () => {
  it('are valid in the epoch that assigned them, and void in the next', () => {
    const both = ada({ seat, place: held });
    expect([seatIn(live, both), placeIn(live, both), heldAttendee(live, both)]).toEqual([
      seat,
      held,
      Attendee,
    ]);
    expect([seatIn(nextLife, both), placeIn(nextLife, both), heldAttendee(nextLife, both)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are void in any other incarnation of the name, whatever the epochs; a ban outlives the name, and keeps its record', () => {
    const born = { ...live, incarnatedAt: 50, epoch: 2 };
    const both = (more: Partial<Participant>) => ada({ seat, place: held, revoked: seat, epoch: 2, ...more });
    const held2 = (record: Participant) =>
      [seatIn(born, record), placeIn(born, record), revokedIn(born, record)].map(Boolean);
    expect(held2(both({ incarnatedAt: 50 }))).toEqual([true, true, true]);
    for (const incarnatedAt of [undefined, 49, 51]) {
      const record = both(incarnatedAt === undefined ? {} : { incarnatedAt });
      expect(held2(record)).toEqual([false, false, false]);
      expect(epochIn(born, record)).toBeUndefined();
    }
  });

  it('tell a stale topology from a stale record: first by the incarnation, then by the epoch', () => {
    const born = { ...live, incarnatedAt: 50, epoch: 2 };
    const isAheadAt = (incarnatedAt: number, epoch: number) => isAhead(born, ada({ incarnatedAt, epoch }));
    expect([isAheadAt(50, 3), isAheadAt(51, 1), isAheadAt(51, 3)]).toEqual([true, true, true]);
    expect([isAheadAt(50, 2), isAheadAt(49, 9), isAhead(born, undefined)]).toEqual([false, false, false]);
  });

  it('include a seat that the participant left, for a return', () => {
    expect(seatIn(live, ada({ seat: { ...seat, left: true } }))).toMatchObject({ ticket: 7 });
  });

  it('are absent for a person without a record', () => {
    expect([seatIn(live, undefined), placeIn(live, undefined), heldAttendee(live)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each(['claimed', 'leaving'] as const)('are no credential while the place is %s', (state) => {
    expect(heldAttendee(live, ada({ place: { ...held, state } }))).toBeUndefined();
  });

  it('are no credential without an open primary', () => {
    expect(heldAttendee(topology(), ada({ place: held }))).toBeUndefined();
  });
});
