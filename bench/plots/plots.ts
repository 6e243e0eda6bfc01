import { mkdirSync, writeFileSync } from 'node:fs';
import type { Curves } from '../crowd/crowd.ts';
import type { Row } from '../placement/measure.ts';
import { type Chart, chartOf, type Series } from './chart.ts';

const DIRECTORY = 'docs/plots';
const AUDIENCE = 'internet users';
/** The number of points of a drawn curve, evenly spaced among the viewers. */
const POINTS = 200;

/** Draws the plots of the measurements. */
export function drawPlots(curves: Curves | undefined, rows: readonly Row[] | undefined): void {
  mkdirSync(DIRECTORY, { recursive: true });
  if (curves) writeFileSync(`${DIRECTORY}/crowd.svg`, chartOf(crowdChart(curves)));
  if (rows) writeFileSync(`${DIRECTORY}/placement.svg`, chartOf(placementChart(rows)));
}

function crowdChart(curves: Curves): Chart {
  return {
    title: '10,000 viewers come within a second: how many are seated',
    x: { words: 'seconds from the first arrival', ticks: [0.1, 1, 10, 100, 1000], isLogarithmic: true },
    y: { words: 'seated (%)', ticks: [0, 25, 50, 75, 100] },
    series: Object.entries(curves).map(([name, seatedAfter]) => ({ name, points: pointsOf(seatedAfter) })),
  };
}

function pointsOf(seatedAfter: readonly number[]): [number, number][] {
  const every = Math.max(1, Math.floor(seatedAfter.length / POINTS));
  const shown = seatedAfter.flatMap((seconds, n) =>
    (n + 1) % every === 0 ? [[seconds, n + 1] as const] : [],
  );
  return shown.map(([seconds, seated]) => [Math.max(0.1, seconds), (100 * seated) / seatedAfter.length]);
}

function placementChart(rows: readonly Row[]): Chart {
  const own = rows.filter(({ audience }) => audience === AUDIENCE);
  const strategies = [...new Set(own.map(({ strategy }) => strategy))];
  const series = strategies.map((strategy): Series => {
    const points = own
      .filter((row) => row.strategy === strategy)
      .map(({ k, meanRttMs, optimumMeanRttMs }) => [k, meanRttMs / optimumMeanRttMs] as const);
    return { name: strategy, points, ...(strategy === 'optimum' && { isMeasure: true }) };
  });
  const most = Math.max(...series.flatMap(({ points }) => points.map(([, times]) => times)));
  const ticks = Array.from({ length: Math.ceil((most - 1) / 0.25) + 1 }, (_, n) => 1 + n * 0.25);
  return {
    title: `Mean RTT to the seat, times the optimum (${AUDIENCE}, random orders)`,
    x: { words: 'replicas', ticks: [...new Set(own.map(({ k }) => k))] },
    y: { words: 'times the optimum', ticks },
    series,
  };
}
