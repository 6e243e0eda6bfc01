import { drainIn, drainWords } from '../../web/map/drains.ts';
import { isOfInterest, viewRegions } from '../../web/map/regions.ts';
import { live, replica, report } from './map-reports.ts';

const DRAIN = {
  mediaRegion: 'eu-central-1',
  since: '2030-05-01T17:00:00.000Z',
  evacuate: true,
  status: 'moving',
  detail: '',
  replicas: 1,
  viewers: 1,
} as const;
const drainedMeeting = live([replica('us-east-1')], { drains: [DRAIN] });

describe('the words about a drain', () => {
  it.each([
    ['closed', 'No viewer is placed in Frankfurt any more. 1 viewer sits there.'],
    ['moving', 'Seats open elsewhere, then Frankfurt is cleared. 1 viewer sits there.'],
    [
      'moving-with-fewer-seats',
      'Frankfurt is cleared bit by bit; seats are fewer meanwhile. 1 viewer sits there.',
    ],
    ['moved', 'Frankfurt is cleared. Its viewers sit elsewhere.'],
    ['suspended', 'No other region is allowed, so Frankfurt stays in use.'],
  ] as const)('say what %s means', (status, words) => {
    expect(drainWords('eu-central-1', { ...DRAIN, status })).toBe(words);
  });

  it('say that a media region is open', () => {
    expect(drainWords('eu-central-1', drainIn(drainedMeeting, 'us-east-1'))).toContain('Frankfurt is open');
    expect(drainIn(undefined, 'eu-central-1')).toBeUndefined();
  });
});

describe('a drained media region', () => {
  it('is shown in the table, also without a replica', () => {
    const [view] = viewRegions(report({ topology: drainedMeeting }), ['eu-central-1']);
    expect(view).toMatchObject({ isDrained: true, replicas: 0 });
    expect(view && isOfInterest(view)).toBe(true);
  });
});
