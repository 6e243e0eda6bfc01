import { isPerson, presenceFrom, RANK } from '../../../lib/domain/meeting/presence.ts';

describe('the presence that an event reports', () => {
  it.each([
    ['AttendeeJoined', 'present'],
    ['AttendeeAuthorized', 'present'],
    ['AttendeeDropped', 'dropped'],
    ['AttendeeLeft', 'left'],
    ['AttendeeDeleted', 'left'],
  ])('%s means %s', (event, state) => {
    expect(presenceFrom(`chime:${event}`, 5)).toEqual({ state, at: 5 });
  });

  it.each(['AttendeeAdded', 'MeetingStarted', 'toString', ''])('is unknown for %s', (event) => {
    expect(presenceFrom(`chime:${event}`, 5)).toBeUndefined();
  });

  it('has one winner for two events of one instant', () => {
    expect(new Set(Object.values(RANK)).size).toBe(3);
  });
});

describe('an attendee', () => {
  it('counts as a person when it is neither a content share nor a service of AWS', () => {
    expect(isPerson({ attendeeId: 'a', externalUserId: 'ann' })).toBe(true);
    expect(isPerson({ attendeeId: 'a#content', externalUserId: 'ann' })).toBe(false);
    expect(isPerson({ attendeeId: 'a', externalUserId: 'AWS:Pipeline' })).toBe(false);
  });
});
