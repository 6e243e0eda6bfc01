import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Path } from '../../local/load-generator/report.ts';
import { cityOf } from '../cities.ts';
import { count } from './events.ts';
import { isTroubled } from './fares.ts';
import { type Label, type Labelled, placeLabels } from './labels.ts';
import { curve, type Point, radiusOf, round1, type Size, spread, straight } from './layout.ts';
import { isOfInterest, type RegionView } from './regions.ts';

/** One media region as it is drawn. Radii are in pixels; `fill` is the share of its seats that are taken. */
export interface Spot {
  view: RegionView;
  at: Point;
  anchor: Point;
  ring: number;
  halo: number;
  fill: number;
  label?: Label;
  title: string;
  words: string;
}

export interface Line {
  key: string;
  path: string;
  width: number;
}

export interface Scene {
  spots: Spot[];
  /** Lines from the primary to the media regions of its replicas. */
  feeds: Line[];
  /** Lines from viewers' homes to their seats in another region. */
  away: Line[];
}

const DOT = 2.5;
const SMALL_PICTURE = 560;
const WORDS_HEIGHT = 30;
const TITLE_HEIGHT = 15;
const BOLD_LETTER = 8;
const LETTER = 6.6;
const NEVER_FITS = 9999;
/** Only the main streams of viewers seated elsewhere are drawn: at least one viewer in a hundred. */
const MAIN_STREAM = 0.01;

/** The positions in a picture of this size. Nothing here grows with the number of viewers. */
export function sceneOf(
  views: readonly RegionView[],
  paths: readonly Path[],
  { size, pointOf }: { size: Size; pointOf: (mediaRegion: MediaRegion) => Point },
): Scene {
  const scale = Math.min(1, Math.max(0.55, size.width / 900));
  const isSmall = size.width < SMALL_PICTURE;
  const total = views.reduce((sum, { viewers }) => sum + viewers, 0);
  const drafts = views.map((view) => {
    const ring = ringOf(view, scale);
    const halo = radiusOf(view.viewers, total, 70 * scale);
    return { view, anchor: pointOf(view.mediaRegion), ring, halo, ...wordsOf(view, isSmall) };
  });
  const points = spread(
    drafts.map(({ anchor, ring }) => ({ ...anchor, radius: ring })),
    size,
  );
  const placed = drafts.map((draft, at) => ({ ...draft, at: points[at] ?? draft.anchor }));
  const labels = placeLabels(placed.map(labelled), size);
  const spots = placed.map((spot, at) => spotOf(spot, labels[at]));
  return { spots, feeds: feedsOf(spots), away: awayOf(spots, paths) };
}

function ringOf({ capacity, opening, isPrimary, isFull }: RegionView, scale: number): number {
  if (capacity + opening > 0) return round1((6 + 6 * Math.sqrt(Math.max(1, capacity / 250))) * scale);
  return isPrimary || isFull ? round1(9 * scale) : DOT;
}

/** The texts of a label. A small picture shows only names; the numbers are in the table. */
function wordsOf(view: RegionView, isSmall: boolean): { title: string; words: string } {
  const title = isOfInterest(view) ? cityOf(view.mediaRegion) : '';
  if (isSmall) return { title, words: '' };
  if (view.isFull && view.capacity === 0) return { title, words: 'full' };
  const trouble = isTroubled(view.fares) ? ', lost connections' : '';
  if (view.capacity > 0)
    return { title, words: `${count(view.seatsTaken)} of ${count(view.capacity)}${trouble}` };
  if (view.opening > 0) return { title, words: 'opening' };
  return { title, words: '' };
}

type Placed = Omit<Spot, 'fill' | 'label'>;

/** A region without a meeting has no label. */
function labelled({ view, at, ring, title, words }: Placed): Labelled {
  const isHost = view.isPrimary || view.isFull || view.replicas + view.opening > 0;
  const width = isHost ? Math.max(title.length * BOLD_LETTER, words.length * LETTER) : NEVER_FITS;
  const height = words === '' ? TITLE_HEIGHT : WORDS_HEIGHT;
  const weight = view.seatsTaken + (view.isPrimary ? 10_000 : 0);
  return { ...at, radius: ring, label: { width, height }, weight };
}

function spotOf(spot: Placed, label: Label | undefined): Spot {
  const { capacity, seatsTaken } = spot.view;
  const fill = capacity > 0 ? Math.min(1, seatsTaken / capacity) : 0;
  return { ...spot, fill, ...(label && { label }) };
}

function feedsOf(spots: Spot[]): Line[] {
  const primary = spots.find(({ view }) => view.isPrimary);
  if (!primary) return [];
  return spots
    .filter((spot) => spot !== primary && spot.view.replicas > 0)
    .map(({ view, at }) => ({ key: view.mediaRegion, path: curve(primary.at, at), width: 1.25 }));
}

function awayOf(spots: Spot[], paths: readonly Path[]): Line[] {
  const total = paths.reduce((sum, { viewers }) => sum + viewers, 0);
  const at = new Map(spots.map((spot) => [spot.view.mediaRegion, spot.at]));
  return paths.flatMap(({ from, to, viewers }) => {
    const [home, seat] = [at.get(from), at.get(to)];
    if (from === to || viewers < total * MAIN_STREAM || !home || !seat) return [];
    return [
      { key: `${from} ${to}`, path: straight(home, seat), width: round1(1.2 + Math.sqrt(viewers) / 16) },
    ];
  });
}
