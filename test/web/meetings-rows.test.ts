import type { ListedMeeting } from '../../client/balcony.ts';
import { Refusal } from '../../client/refusal.ts';
import { rowOf, summaryOf, whyNot } from '../../web/meetings/rows.ts';

const LIVE: ListedMeeting = {
  externalMeetingId: 'all hands & more',
  status: 'live',
  epoch: 1,
  viewers: 4120,
  replicas: 1,
};
const how = { when: (instant: string) => `<${instant}>`, name: 'ada' };
const row = (more: Partial<ListedMeeting> = {}) => rowOf({ ...LIVE, ...more }, how);

describe('a row of the list of meetings', () => {
  it('links to the room, as a host with the same name, and to the map', () => {
    const { roomHref, mapHref } = row();
    expect(roomHref).toBe('./?meeting=all+hands+%26+more&name=ada&role=host');
    expect(mapHref).toBe('map.html?meeting=all+hands+%26+more');
    expect(rowOf(LIVE, { ...how, name: '' }).roomHref).toBe('./?meeting=all+hands+%26+more&role=host');
  });

  it('says of a live meeting how many viewers and replicas it has', () => {
    expect(row()).toMatchObject({ state: 'Live', facts: '4,120 viewers · 1 replica' });
    expect(row({ viewers: 1, replicas: 0, epoch: 3, liveSince: 'noon', startsAt: 'eleven' }).facts).toBe(
      '1 viewer · 0 replicas · start: <eleven> · viewers let in since <noon> · epoch 3',
    );
  });

  it('says of a scheduled meeting when it starts', () => {
    expect(row({ status: 'scheduled', startsAt: 'noon' })).toMatchObject({
      ...{ state: 'Scheduled', facts: 'starts <noon>' },
    });
    expect(row({ status: 'scheduled' }).facts).toBe('no start was set');
  });

  it('says of an ended meeting when it started, if that is known', () => {
    expect(row({ status: 'ended', startsAt: 'noon' })).toMatchObject({
      state: 'Ended',
      facts: 'start: <noon>',
    });
    expect(row({ status: 'ended' }).facts).toBe('');
  });
});

describe('the summary of the list of meetings', () => {
  it.each([
    [0, undefined, 'No meeting is live.'],
    [1, undefined, '1 meeting shown.'],
    [50, 'next', '50 meetings shown. There are more.'],
    [0, 'next', '0 meetings shown. There are more.'],
  ])('with %i shown and the cursor %s is: %s', (shown, cursor, words) => {
    expect(summaryOf('live', shown, cursor === undefined ? {} : { cursor })).toBe(words);
  });

  it('explains to whom the list is open where it is refused', () => {
    expect(whyNot(new Refusal(403, { code: 'FORBIDDEN' }))).toContain('for hosts');
    expect(whyNot(new TypeError('failed'))).toContain('cannot be reached');
  });
});
