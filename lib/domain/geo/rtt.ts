import { MEDIA_REGIONS, type MediaRegion } from './media-regions.ts';

/** The rows of the table, in the order of its columns. */
const MEASURED: readonly MediaRegion[] = [...MEDIA_REGIONS, 'il-central-1'];

/**
 * Round trips between the regions in milliseconds: the median, as the mean of both directions (they
 * differ by 5 ms at most, 15 for il-central-1). Row n holds the distances to the n regions above it.
 *
 * Measured by cloudping.co (TCP connects from a Lambda in each region), carried by
 * https://github.com/commonwarexyz/monorepo examples/estimator/src/p50.json at dc41a89.
 */
const TRIANGLE = [
  '',
  '16',
  '64 53',
  '64 51 22',
  '17 27 80 61',
  '115 126 175 175 126',
  '70 80 130 118 69 178',
  '78 88 148 129 79 187 14',
  '84 95 144 135 86 196 20 11',
  '93 104 153 143 93 205 27 18 12',
  '112 123 173 155 106 223 40 31 32 23',
  '102 112 162 152 102 213 36 27 21 13 32',
  '227 238 287 274 224 338 159 150 146 155 174 190',
  '191 202 232 222 192 301 126 117 109 129 149 110 273',
  '219 204 170 161 215 328 179 170 167 161 181 152 315 64',
  '200 188 139 141 198 312 256 266 280 251 271 242 409 155 95',
  '150 136 108 98 147 259 202 213 219 227 247 218 357 134 71 106',
  '180 166 134 124 176 290 233 243 250 231 250 222 386 135 74 146 36',
  '137 146 199 186 141 250 74 66 54 68 88 50 231 146 207 299 275 278',
].map((row) => row.split(' ').map(Number));

/** GovCloud is not measured. Its two regions are in Ohio and Oregon, and use the values of the regions there. */
const NEIGHBOUR: Partial<Record<MediaRegion, MediaRegion>> = {
  'us-gov-east-1': 'us-east-2',
  'us-gov-west-1': 'us-west-2',
};

/** Within a region: the source gives 3 to 6 ms, most of it its own overhead. Below every other pair. */
const SAME_REGION_MS = 1;

/** The value of an unmeasured pair: larger than any measured one. */
const UNMEASURED_MS = 500;

/**
 * A replica within this round trip is as good as one in the viewer's own region: the table has natural clusters of this size.
 */
const NEARBY_MS = 40;

/** The round trip between two media regions in whole milliseconds: symmetric, and 1 within a region. */
export function rttMs(a: MediaRegion, b: MediaRegion): number {
  const [near, far] = [row(a), row(b)].sort((x, y) => x - y) as [number, number];
  return near === far ? SAME_REGION_MS : (TRIANGLE[far]?.[near] ?? UNMEASURED_MS);
}

/** Sorts regions by round trip, nearest first; equal ones keep their order. */
export function nearestFirst<R extends MediaRegion>(from: MediaRegion, regions: readonly R[]): R[] {
  return regions.toSorted((a, b) => rttMs(from, a) - rttMs(from, b));
}

/** Whether two media regions are within 40 ms of each other; true for a region and itself. */
export function isNearby(a: MediaRegion, b: MediaRegion): boolean {
  return rttMs(a, b) <= NEARBY_MS;
}

function row(region: MediaRegion): number {
  return MEASURED.indexOf(NEIGHBOUR[region] ?? region);
}
