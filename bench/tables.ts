import type { ColdStart } from './cold-start/cold-start.ts';
import type { Cost } from './cost.ts';
import type { crowdBench } from './crowd/crowd.ts';
import type { JoinFigures } from './join/join.ts';

type Cell = string | number | undefined;
type Crowd = Awaited<ReturnType<typeof crowdBench>>['told'];

/** Text columns of minimal width: the first is left-aligned, the others right-aligned. */
export function columns(rows: readonly (readonly Cell[])[]): string {
  const texts = rows.map((row) => row.map((cell) => (cell === undefined ? '–' : cell.toLocaleString('en'))));
  const widths = (texts[0] ?? []).map((_, at) => Math.max(...texts.map((row) => row[at]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
      .join('  ');
  return texts.map(line).join('\n');
}

/** The common figures of all variants, one per line. */
const LINES: [words: string, member: string][] = [
  ['seconds until all are seated', 'seconds'],
  ['times the minimum', 'over'],
  ['seated', 'seated'],
  ['wait of one viewer, p50 (s)', 'p50Seconds'],
  ['wait of one viewer, p99 (s)', 'p99Seconds'],
  ['wait of one viewer, mean (s)', 'meanSeconds'],
  ['wait of those who came in the first 0.2 s, mean', 'earlySeconds'],
  ['calls to Chime', 'chimeCalls'],
  ['answered 429 by Chime', 'throttles'],
  ['join requests', 'joinRequests'],
  ['DynamoDB requests per viewer', 'dynamoRoundTripsPerJoin'],
  ['read units per viewer', 'readUnitsPerJoin'],
  ['write units per viewer', 'writeUnitsPerJoin'],
  ['writes a second on the hottest key', 'hottestWrites'],
  ['Lambda ms per viewer', 'lambdaMsPerJoin'],
  ['containers', 'containers'],
  ['mean RTT to the seat (ms)', 'meanRttMs'],
];

function waysTable(ways: Record<string, object>): string {
  const cells = (member: string) => Object.values(ways).map((way) => (way as Record<string, Cell>)[member]);
  return columns([['', ...Object.keys(ways)], ...LINES.map(([words, member]) => [words, ...cells(member)])]);
}

export function crowdTable(crowd: Crowd): string {
  const { viewers, replicas, minimumSeconds, worldwide, naive, unannounced, provisioned } = crowd;
  const { audience, viewers: fewer, replicas: others, minimumSeconds: least, full, ...abroad } = worldwide;
  return [
    `Crowd: ${viewers.toLocaleString('en')} viewers within ${crowd.withinSeconds} s, ${replicas} replicas. The quota's minimum is ${minimumSeconds} s.`,
    waysTable({ naive, unannounced, provisioned }),
    `A perfect schedule over the same network takes ${crowd.perfectSeconds} s (the median of many seeds).`,
    `The naive way made ${naive.replicasMade} replicas for ${replicas} titles; ${naive.stranded} viewers sit in one that no other viewer finds.`,
    `Provisioning took ${provisioned.preparing.seconds} s.`,
    `Worldwide (${audience}): ${fewer.toLocaleString('en')} viewers, ${others} replicas. The minimum is ${least} s.`,
    waysTable(abroad),
    `The same audience with ${full.viewers.toLocaleString('en')} viewers and ${full.replicas} replicas, unannounced:`,
    waysTable({ unannounced: full }),
  ].join('\n\n');
}

export function joinTable(join: JoinFigures): string {
  const { roundTrips, dynamoRequests, bytes, p50Ms, p99Ms, repeat, demo } = join;
  return [
    `Join: ${bytes.request} bytes asked, ${bytes.response} answered; milliseconds of waiting in the function.`,
    columns([
      ['', 'first', 'repeated', 'demo'],
      ['p50 (ms)', p50Ms, repeat.p50Ms, demo.p50Ms],
      ['p99 (ms)', p99Ms, repeat.p99Ms, demo.p99Ms],
      ['round trips to DynamoDB, one after another', roundTrips.warm, roundTrips.repeat, 1],
      ['requests to DynamoDB', dynamoRequests.warm, dynamoRequests.repeat, 1],
      ['round trips to Chime', 0, 0, 1],
    ]),
  ].join('\n\n');
}

interface Costs {
  memoryMb: number;
  warm: Cost | undefined;
  crowd: Record<string, Cost> | undefined;
}

export function costTable({ memoryMb, warm, crowd }: Costs): string {
  const all = Object.entries({ ...(warm && { 'warm join': warm }), ...crowd });
  const line = (part: keyof Cost) => [part, ...all.map(([, cost]) => cost[part].toFixed(2))];
  const parts = (['httpApi', 'lambda', 'dynamodb', 'transfer', 'total'] as const).map(line);
  const title = `Cost: dollars for a million joins, ${memoryMb} MB of arm64, us-east-1 list prices.`;
  return `${title}\n\n${columns([['', ...all.map(([name]) => name)], ...parts])}`;
}

export function coldStartTable({ node, sdkAloneMs, functions }: ColdStart): string {
  const lines = functions.map(({ name, bytes, importMs }) => [name, bytes, importMs.toFixed(1)]);
  const title = `Cold start: importing a bundle in Node ${node}; the DynamoDB client alone takes ${sdkAloneMs.toFixed(1)} ms.`;
  return `${title}\n\n${columns([['', 'bytes', 'ms'], ...lines])}`;
}
