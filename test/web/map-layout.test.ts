import { placeLabels } from '../../web/map/labels.ts';
import { curve, type Mark, radiusOf, spread } from '../../web/map/layout.ts';
import fc from '../support/random/property.ts';

const SIZE = { width: 900, height: 420 };

const overlaps = (marks: readonly Mark[]) =>
  marks.flatMap((one, at) =>
    marks
      .slice(at + 1)
      .filter((other) => Math.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius - 1),
  );

const moved = (anchors: readonly Mark[]) =>
  spread(anchors, SIZE).map((point, at) => ({ ...point, radius: anchors[at]?.radius ?? 0 }));

describe('overlapping marks of the map', () => {
  const europe = [
    { x: 430, y: 120, radius: 18 },
    { x: 430, y: 120, radius: 12 },
    { x: 436, y: 126, radius: 20 },
    { x: 448, y: 122, radius: 14 },
  ];

  it('are moved apart', () => {
    expect(overlaps(europe).length).toBeGreaterThan(0);
    expect(overlaps(moved(europe))).toEqual([]);
  });

  it('stay near their anchors', () => {
    for (const [at, mark] of moved(europe).entries()) {
      const anchor = europe[at] as Mark;
      expect(Math.hypot(mark.x - anchor.x, mark.y - anchor.y)).toBeLessThan(60);
    }
  });

  it('get the same positions each time, because their anchors are not moved', () => {
    const frozen = europe.map((mark) => Object.freeze({ ...mark }));
    expect(spread(frozen, SIZE)).toEqual(spread(frozen, SIZE));
  });
});

describe('a mark with room around it', () => {
  it('stays at its anchor', () => {
    const alone = [
      { x: 100, y: 100, radius: 20 },
      { x: 800, y: 300, radius: 20 },
    ];
    expect(spread(alone, SIZE)).toEqual(alone.map(({ x, y }) => ({ x, y })));
  });

  it('is never moved out of the picture, wherever its anchor is', () => {
    const coordinate = fc.double({ min: -50, max: 950, noNaN: true });
    const marks = fc.array(
      fc.record({ x: coordinate, y: coordinate, radius: fc.integer({ min: 2, max: 30 }) }),
      {
        maxLength: 21,
      },
    );
    fc.assert(
      fc.property(marks, (anchors) => {
        for (const { x, y, radius } of moved(anchors)) {
          expect(x - radius >= 0 && x + radius <= SIZE.width).toBe(true);
          expect(y - radius >= 0 && y + radius <= SIZE.height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the label of a mark', () => {
  const label = { width: 60, height: 30 };
  const mark = (x: number, y: number, weight = 1) => ({ x, y, radius: 10, label, weight });

  it('is to its right where there is room', () => {
    expect(placeLabels([mark(100, 100)], SIZE)).toEqual([{ x: 114, y: 85, anchor: 'start' }]);
  });

  it('is to its left at the right edge', () => {
    expect(placeLabels([mark(880, 100)], SIZE)[0]).toMatchObject({ anchor: 'end' });
  });

  it('never covers another mark', () => {
    const [first] = placeLabels([mark(100, 100), mark(130, 100)], SIZE);
    expect(first).toMatchObject({ anchor: 'end' });
  });

  it('is omitted for the lighter mark where only one has room', () => {
    const narrow = { width: 120, height: 34 };
    const [light, heavy] = placeLabels([mark(15, 17, 1), mark(40, 17, 9)], narrow);
    expect([light, heavy?.anchor]).toEqual([undefined, 'start']);
  });
});

describe('the radius of a circle that shows a share', () => {
  it('is half for a quarter', () => {
    expect(radiusOf(250, 1000, 70)).toBe(35);
  });

  it('is zero without viewers', () => {
    expect(radiusOf(0, 0, 70)).toBe(0);
  });
});

describe('the curve between two points', () => {
  it('connects them, bowed to the top', () => {
    expect(curve({ x: 0, y: 100 }, { x: 100, y: 100 })).toBe('M0 100Q50 82 100 100');
  });
});
