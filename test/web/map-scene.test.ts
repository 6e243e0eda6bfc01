import { MEDIA_REGIONS } from '../../lib/domain/geo/media-regions.ts';
import { PLACES } from '../../web/map/places.ts';
import { viewRegions } from '../../web/map/regions.ts';
import { sceneOf } from '../../web/map/scene.ts';
import { STOPS, stopOf } from '../../web/map/stops.ts';
import { audience, live, replica, report, tenThousand } from './map-reports.ts';

/** A plain map: a degree is two and a half pixels. */
const FRAME = {
  size: { width: 900, height: 420 },
  pointOf: (mediaRegion: keyof typeof PLACES) => {
    const [longitude, latitude] = PLACES[mediaRegion];
    return { x: (longitude + 180) * 2.5, y: (80 - latitude) * 3 };
  },
};

const regions = (...[one]: Parameters<typeof report>) => viewRegions(report(one), MEDIA_REGIONS);
const find = (views: ReturnType<typeof regions>, mediaRegion: string) =>
  views.find((view) => view.mediaRegion === mediaRegion);

describe('the view of a media region', () => {
  it('sums up open replicas, and counts opening ones separately', () => {
    const replicas = [
      replica('eu-west-3', { seatsTaken: 250, status: 'full' }),
      replica('eu-west-3', { ordinal: 1, seatsTaken: 30 }),
      replica('eu-west-3', { ordinal: 2, status: 'opening', capacity: 0 }),
    ];
    expect(find(regions({ topology: live(replicas) }), 'eu-west-3')).toMatchObject({
      replicas: 2,
      opening: 1,
      seatsTaken: 280,
      capacity: 500,
      isPrimary: false,
    });
  });

  it('shows how many people are on stage where the primary is', () => {
    expect(find(regions({ topology: live([]) }), 'us-east-1')).toMatchObject({ isPrimary: true, onStage: 1 });
  });

  it('shows how many viewers live there, and how many of them are seated in any region', () => {
    const homes = [{ mediaRegion: 'sa-east-1' as const, wanted: 9, seated: 4 }];
    expect(find(regions({ audience: audience({ homes }) }), 'sa-east-1')).toMatchObject({
      viewers: 9,
      seated: 4,
    });
  });
});

describe('the scene of the map', () => {
  const scene = (from: ReturnType<typeof report>) =>
    sceneOf(viewRegions(from, MEDIA_REGIONS), from.audience.paths, FRAME);

  it('has no more elements with ten thousand viewers than with none', () => {
    const full = scene(tenThousand());
    expect(full.spots.length).toBe(MEDIA_REGIONS.length);
    expect(full.feeds.length).toBeLessThan(MEDIA_REGIONS.length);
  });

  it('has one line from the primary to every other media region with an open replica, and none to an opening one', () => {
    const replicas = [
      replica('us-east-1'),
      replica('eu-west-3', { ordinal: 1 }),
      replica('eu-west-3', { ordinal: 2 }),
      replica('sa-east-1', { ordinal: 3, status: 'opening' }),
    ];
    expect(scene(report({ topology: live(replicas) })).feeds.map(({ key }) => key)).toEqual(['eu-west-3']);
  });

  it('has lines from home to seat only between different regions, and for many viewers', () => {
    const paths = [
      { from: 'eu-west-3' as const, to: 'eu-west-3' as const, viewers: 500 },
      { from: 'eu-west-2' as const, to: 'eu-west-3' as const, viewers: 20 },
      { from: 'sa-east-1' as const, to: 'eu-west-3' as const, viewers: 2 },
    ];
    const { away } = scene(report({ audience: audience({ paths }) }));
    expect(away.map(({ key }) => key)).toEqual(['eu-west-2 eu-west-3']);
  });

  it('fills a ring as seats are taken', () => {
    const topology = live([replica('sa-east-1', { seatsTaken: 125 })]);
    const spot = scene(report({ topology })).spots.find(({ view }) => view.mediaRegion === 'sa-east-1');
    expect(spot).toMatchObject({ fill: 0.5, words: '125 of 250', title: 'São Paulo' });
  });
});

describe('the slider of the audience', () => {
  it('ranges from one viewer to ten thousand', () => {
    expect([STOPS[0], STOPS.at(-1)]).toEqual([1, 10_000]);
  });

  it('shows a number that another page set, as near as it can', () => {
    expect([stopOf(60), stopOf(9600), stopOf(0)].map((stop) => STOPS[stop])).toEqual([60, 10_000, 1]);
  });
});
