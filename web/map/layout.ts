/** A point in the picture, in pixels. */
export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A circle with an anchor, near which it should stay. */
export interface Mark extends Point {
  radius: number;
}

const ROUNDS = 160;
const PULL = 0.04;
const GAP = 3;

/**
 * Moves circles apart until none covers another. Each stays as near to its anchor as possible, and inside the picture. The
 * result is deterministic.
 */
export function spread(anchors: readonly Mark[], size: Size): Point[] {
  const marks = anchors.map((mark) => ({ ...mark }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, mark] of marks.entries()) pullBack(mark, anchors[at] as Mark);
    pushApart(marks);
    for (const mark of marks) keepInside(mark, size);
  }
  return marks.map(({ x, y }) => ({ x: round1(x), y: round1(y) }));
}

function pullBack(mark: Mark, anchor: Mark) {
  mark.x += (anchor.x - mark.x) * PULL;
  mark.y += (anchor.y - mark.y) * PULL;
}

function pushApart(marks: Mark[]) {
  for (const [at, one] of marks.entries()) {
    for (const other of marks.slice(at + 1)) {
      const [dx, dy] = [other.x - one.x || 0.01, other.y - one.y];
      const distance = Math.hypot(dx, dy);
      const lacking = one.radius + other.radius + GAP - distance;
      if (lacking <= 0) continue;
      // The smaller one gives way.
      const share = one.radius / (one.radius + other.radius);
      move(other, (dx / distance) * lacking * share, (dy / distance) * lacking * share);
      move(one, (-dx / distance) * lacking * (1 - share), (-dy / distance) * lacking * (1 - share));
    }
  }
}

function move(mark: Mark, dx: number, dy: number) {
  mark.x += dx;
  mark.y += dy;
}

function keepInside(mark: Mark, { width, height }: Size) {
  mark.x = Math.min(Math.max(mark.x, mark.radius + 1), width - mark.radius - 1);
  mark.y = Math.min(Math.max(mark.y, mark.radius + 1), height - mark.radius - 1);
}

/** An SVG path from one point to another, curved towards the top. */
export function curve(from: Point, to: Point): string {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - distance * 0.18 };
  return `M${round1(from.x)} ${round1(from.y)}Q${round1(middle.x)} ${round1(middle.y)} ${round1(to.x)} ${round1(to.y)}`;
}

/** An SVG path along the straight line. */
export function straight(from: Point, to: Point): string {
  return `M${round1(from.x)} ${round1(from.y)}L${round1(to.x)} ${round1(to.y)}`;
}

/** The radius of a circle whose area shows `share` of `whole`, if the whole has radius `most`. */
export function radiusOf(share: number, whole: number, most: number): number {
  return whole > 0 ? round1(most * Math.sqrt(Math.min(1, share / whole))) : 0;
}

export const round1 = (value: number) => Math.round(value * 10) / 10;
