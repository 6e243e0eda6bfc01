/** A line of a chart: its points in the chart's own units, left to right. */
export interface Series {
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  /** Drawn thin and grey, as a reference for the other lines. */
  isMeasure?: boolean;
}

export interface Axis {
  words: string;
  ticks: readonly number[];
  isLogarithmic?: boolean;
}

export interface Chart {
  title: string;
  x: Axis;
  y: Axis;
  series: readonly Series[];
}

const [WIDTH, HEIGHT] = [760, 400];
const BOX = { left: 64, right: 560, top: 48, bottom: 344 };
/** Distinguishable in light and dark, and with most forms of colour blindness (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'];

/** A line chart as an SVG document, for light and dark. */
export function chartOf({ title, x, y, series }: Chart): string {
  const [across, up] = [scaleOf(x, [BOX.left, BOX.right]), scaleOf(y, [BOX.bottom, BOX.top])];
  const names = spread(series.map(({ points }) => up((points.at(-1) as [number, number])[1])));
  const lines = series.map((each, n) => lineOf(each, { n, across, up, nameAt: names[n] as number }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>
  text { font: 13px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 15px }
  .grid { stroke: #8884 } .line { fill: none; stroke-width: 2.5; stroke-linejoin: round } .measure { stroke: #888; stroke-width: 1.5; stroke-dasharray: 5 4 }
  @media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
<text class="title" x="${BOX.left}" y="26">${title}</text>
${y.ticks.map((tick) => gridLine(tick, up(tick))).join('\n')}
${x.ticks.map((tick) => `<text x="${px(across(tick))}" y="${BOX.bottom + 20}" text-anchor="middle">${tick}</text>`).join('\n')}
<text x="${(BOX.left + BOX.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${x.words}</text>
<text transform="translate(16 ${(BOX.top + BOX.bottom) / 2}) rotate(-90)" text-anchor="middle">${y.words}</text>
${lines.join('\n')}
</svg>
`;
}

type Scale = (value: number) => number;

function scaleOf({ ticks, isLogarithmic }: Axis, [from, to]: [number, number]): Scale {
  const along = isLogarithmic ? Math.log : (value: number) => value;
  const [least, most] = [along(ticks[0] as number), along(ticks.at(-1) as number)];
  return (value) => from + ((along(value) - least) / (most - least)) * (to - from);
}

const px = (at: number) => at.toFixed(1);

function gridLine(tick: number, at: number): string {
  const label = `<text x="${BOX.left - 8}" y="${px(at + 4)}" text-anchor="end">${tick}</text>`;
  return `<path class="grid" d="M${BOX.left} ${px(at)}H${BOX.right}"/>${label}`;
}

interface Place {
  n: number;
  across: Scale;
  up: Scale;
  nameAt: number;
}

function lineOf({ name, points, isMeasure }: Series, { n, across, up, nameAt }: Place): string {
  const path = points.map(([x, y]) => `${px(across(x))} ${px(up(y))}`).join('L');
  const colour = isMeasure ? '' : ` style="stroke:${COLOURS[n % COLOURS.length]}"`;
  const dot = isMeasure
    ? ''
    : `<circle cx="${BOX.right + 14}" cy="${px(nameAt - 4)}" r="5" fill="${COLOURS[n % COLOURS.length]}"/>`;
  const label = `<text x="${BOX.right + 26}" y="${px(nameAt)}">${name}</text>`;
  return `<path class="line${isMeasure ? ' measure' : ''}"${colour} d="M${path}"/>${dot}${label}`;
}

const LINE_HEIGHT = 20;

/** Places names beside the ends of their lines, moved down where they would overlap. */
function spread(ends: number[]): number[] {
  const places: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const n of ends.map((_, at) => at).sort((a, b) => (ends[a] as number) - (ends[b] as number))) {
    last = Math.max((ends[n] as number) + 4, last + LINE_HEIGHT);
    places[n] = last;
  }
  return places;
}
