import type { Mark, Point, Size } from './layout.ts';

/** A mark, and the size of its label. Heavier marks are placed first. */
export interface Labelled extends Mark {
  label: Size;
  weight: number;
}

export interface Label extends Point {
  anchor: 'start' | 'middle' | 'end';
}

interface Box extends Point, Size {}

const GAP = 4;

/**
 * The place of each mark's label, anchored at its start, middle or end: right, left, below or above, the first that covers no
 * other mark or label. Undefined if no place is free: that label is left out.
 */
export function placeLabels(marks: readonly Labelled[], size: Size): (Label | undefined)[] {
  const taken: Box[] = marks.map(({ x, y, radius }) => boxOf(x - radius, y - radius, radius * 2, radius * 2));
  const labels = new Map<Labelled, Label>();
  for (const mark of marks.toSorted((a, b) => b.weight - a.weight)) {
    const place = placesFor(mark).find(
      ({ box }) => isInside(box, size) && !taken.some((other) => meet(box, other)),
    );
    if (!place) continue;
    taken.push(place.box);
    labels.set(mark, place.label);
  }
  return marks.map((mark) => labels.get(mark));
}

function placesFor({ x, y, radius, label: { width, height } }: Labelled): { box: Box; label: Label }[] {
  const beside = y - height / 2;
  const [right, left] = [x + radius + GAP, x - radius - GAP];
  const [below, above] = [y + radius + GAP, y - radius - GAP - height];
  return [
    { box: boxOf(right, beside, width, height), label: { x: right, y: beside, anchor: 'start' } },
    { box: boxOf(left - width, beside, width, height), label: { x: left, y: beside, anchor: 'end' } },
    { box: boxOf(x - width / 2, below, width, height), label: { x, y: below, anchor: 'middle' } },
    { box: boxOf(x - width / 2, above, width, height), label: { x, y: above, anchor: 'middle' } },
  ];
}

const boxOf = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });

function meet(one: Box, other: Box): boolean {
  const apartX = one.x >= other.x + other.width || other.x >= one.x + one.width;
  const apartY = one.y >= other.y + other.height || other.y >= one.y + one.height;
  return !apartX && !apartY;
}

function isInside({ x, y, width, height }: Box, size: Size): boolean {
  return x >= 0 && y >= 0 && x + width <= size.width && y + height <= size.height;
}
