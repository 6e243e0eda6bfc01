import type { ColdStart, Measured } from './cold-start.ts';
import type { ImportTime } from './import-times.ts';

const ms = (value: number) => value.toFixed(1).padStart(7);
const times = (value: number, of: number) => `×${(value / of).toFixed(2)}`.padStart(8);

/** The figures of a run as text, one bundle a line, the largest first. */
export function tableOf(found: ColdStart): string {
  const { node, runs, empty, sdkAlone, sdkTrimmed, functions } = found;
  const largestFirst = functions.toSorted((a, b) => b.bytes - a.bytes);
  const cached = sdkAlone.cached ? ', then the last three with a compile cache' : '';
  return [
    `Milliseconds to import a minified bundle in ${runs} fresh processes, ${node}: the least and the median; the least of the`,
    `processor, as a multiple of the DynamoDB client alone, and of the same without what our bundles leave out${cached}.\n`,
    ...[empty, sdkAlone, sdkTrimmed, ...largestFirst].map((bundle) => lineOf(bundle, found)),
  ].join('\n');
}

function lineOf(bundle: Measured, { sdkAlone, sdkTrimmed }: ColdStart): string {
  const { name, bytes, importMs, medianMs, cached } = bundle;
  const rivals = [sdkAlone, sdkTrimmed] as const;
  return [
    name.padEnd(20),
    `${(bytes / 1000).toFixed(1)} KB`.padStart(9),
    ms(importMs),
    ms(medianMs),
    processorOf(bundle, rivals),
    ...(cached
      ? [
          processorOf(
            cached,
            rivals.map((rival) => rival.cached ?? rival),
          ),
        ]
      : []),
  ].join(' ');
}

const processorOf = ({ cpuMs }: ImportTime, rivals: readonly ImportTime[]) =>
  [ms(cpuMs), ...rivals.map((rival) => times(cpuMs, rival.cpuMs))].join(' ');
