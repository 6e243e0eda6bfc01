import { percentile, rounded } from '../../simulation/numbers.ts';

/** The duration of one request; status 0 means no response. */
export interface Sample {
  status: number;
  ms: number;
}

/** All requests of one kind, from the first one's start to the last one's end. */
export interface Phase {
  phase: string;
  requests: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  statuses: Record<string, number>;
}

export function phaseOf(phase: string, samples: readonly Sample[], seconds: number): Phase {
  const times = samples.map(({ ms }) => ms);
  return {
    phase,
    requests: samples.length,
    seconds: rounded(seconds),
    perSecond: rounded(samples.length / seconds, 0),
    p50Ms: rounded(percentile(times, 50), 1),
    p99Ms: rounded(percentile(times, 99), 1),
    statuses: countsOf(samples),
  };
}

function countsOf(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of samples) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
