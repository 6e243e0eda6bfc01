import { geoNaturalEarth1, geoPath } from 'd3-geo';
import type { MultiPolygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import land110 from 'world-atlas/land-110m.json' with { type: 'json' };
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Point, Size } from './layout.ts';
import { PLACES } from './places.ts';

/** The part of the world where people watch meetings: without Antarctica and the pole. */
const FRAME = {
  type: 'MultiPoint' as const,
  coordinates: [
    [-165, 0],
    [179, 0],
    [0, 76],
    [0, -52],
  ],
};

const topology = land110 as unknown as Topology<{ land: GeometryCollection<object> }>;
const land = withoutAntarctica(
  feature(topology, topology.objects.land).features[0]?.geometry as MultiPolygon,
);

function withoutAntarctica({ type, coordinates }: MultiPolygon): MultiPolygon {
  const isInFrame = (polygon: Position[][]) => (polygon[0]?.[0]?.[1] ?? 0) > -60;
  return { type, coordinates: coordinates.filter(isInFrame) };
}

/** Projects the world into a picture of this size: the coast, and the place of each media region. */
export function globe({ width, height }: Size) {
  const projection = geoNaturalEarth1().fitExtent(
    [
      [0, 0],
      [width, height],
    ],
    FRAME,
  );
  const path = geoPath(projection).digits(1);
  return {
    coast: path(land) ?? '',
    pointOf: (mediaRegion: MediaRegion): Point => {
      const [x = 0, y = 0] = projection([...PLACES[mediaRegion]]) ?? [];
      return { x, y };
    },
  };
}
