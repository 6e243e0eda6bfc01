import type { CallCounts } from '../../emulator/state/records.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Emulator } from './emulator.ts';
import type { ChimeReport, OperationReport } from './report.ts';

/** Chime's default quota; the reduced one is a tenth of it. */
const QUOTA = { ratePerSecond: 10, burst: 20 };
const SLOW_QUOTA = { ratePerSecond: 1, burst: 2 };

const WINDOW_MS = 5000;

interface Sample {
  at: number;
  calls: number;
}

/** Reduces the quota of every Chime operation to a tenth, or restores the default. */
export function slowDown(emulator: Emulator, on: boolean) {
  return emulator.change(on ? SLOW_QUOTA : QUOTA);
}

/** Makes a media region refuse new meetings, or accept them again. */
export async function fillRegion(emulator: Emulator, mediaRegion: string, on: boolean) {
  const others = (await emulator.options()).fullMediaRegions.filter((each) => each !== mediaRegion);
  await emulator.change({ fullMediaRegions: on ? [...others, mediaRegion] : others });
}

/** Samples Chime's state at intervals: the remaining quota, and the call rate since the previous samples. */
export function watchChime(emulator: Emulator) {
  let samples: Sample[] = [];
  return async (now: number): Promise<ChimeReport> => {
    const [options, quotas, counts] = await Promise.all([
      emulator.options(),
      emulator.quotas(),
      emulator.calls(),
    ]);
    const operations = quotas.map((quota) => operationReport(quota, counts)).toSorted(byName);
    const calls = operations.reduce((sum, each) => sum + each.calls, 0);
    samples = [...samples.filter(({ at }) => at >= now - WINDOW_MS), { at: now, calls }];
    return {
      slow: options.ratePerSecond < QUOTA.ratePerSecond,
      fullMediaRegions: options.fullMediaRegions as MediaRegion[],
      operations,
      callsPerSecond: perSecond(samples),
    };
  };
}

/** The rate between the oldest and the latest sample. */
export function perSecond(samples: readonly Sample[]): number {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || first.at === last.at) return 0;
  return Math.max(0, Math.round(((last.calls - first.calls) * 10_000) / (last.at - first.at)) / 10);
}

function operationReport(
  { operation, left, burst }: { operation: string; left: number; burst: number },
  counts: CallCounts,
): OperationReport {
  const outcomes = counts[operation as keyof CallCounts] ?? {};
  const calls = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return { operation, left, burst, calls, throttled: outcomes.ThrottlingException ?? 0 };
}

function byName(one: OperationReport, other: OperationReport): number {
  return one.operation.localeCompare(other.operation);
}
