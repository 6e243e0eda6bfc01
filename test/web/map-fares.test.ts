import { type Fares, faresWords, isTroubled } from '../../web/map/fares.ts';
import { viewRegions } from '../../web/map/regions.ts';
import { sceneOf } from '../../web/map/scene.ts';
import { live, replica, report } from './map-reports.ts';

const FINE: Fares = { mediaRegion: 'eu-west-1', reports: 20, reconnects: 0, drops: 0, failures: 0 };
const times = { timeToFirstAudioMs: { p50: 500, p95: 1500 }, timeToFirstVideoMs: { p50: 1000, p95: 3000 } };

describe('the words about the connections of a media region', () => {
  it.each([
    ['no report', undefined, ''],
    ['reports without news', FINE, 'no news'],
    ['times', { ...FINE, ...times }, 'sound within 1.5 s, picture within 3 s'],
    [
      'lost connections',
      { ...FINE, reconnects: 1200, drops: 1, failures: 2 },
      '1,200 reconnects, 1 drop, 2 failures',
    ],
  ] as const)('with %s', (_, fares, words) => expect(faresWords(fares)).toBe(words));
});

describe('a media region on the map', () => {
  const labelOf = (fares: Fares) => {
    const topology = live([replica('eu-west-1', { seatsTaken: 10 })], { clientEvents: [fares] });
    const views = viewRegions(report({ topology }), ['eu-west-1']);
    const size = { width: 900, height: 420 };
    return sceneOf(views, [], { size, pointOf: () => ({ x: 400, y: 200 }) }).spots[0]?.words;
  };

  it('is marked where more than a tenth of the reports tell of lost connections', () => {
    expect(
      [FINE, { ...FINE, drops: 1, failures: 1 }, { ...FINE, drops: 2, failures: 1 }].map(labelOf),
    ).toEqual([...['10 of 250', '10 of 250', '10 of 250, lost connections']]);
  });

  it('is not marked for reconnects, nor without a report', () => {
    expect([isTroubled({ ...FINE, reconnects: 20 }), isTroubled(undefined)]).toEqual([false, false]);
  });
});
