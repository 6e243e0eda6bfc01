import type { Settings } from './settings.ts';

/** What is counted. Alarms and the dashboard know these names. */
export type MetricName =
  | 'JoinAnswered'
  | 'TimeToSeatMs'
  | 'SeatsDrawn'
  | 'SeatsRunningShort'
  | 'ReplicasOpened'
  | 'ReplicaCeilingReached'
  | 'ChimeCalls'
  | 'ChimeThrottled'
  | 'ReconcilerPassCompleted';

type Dimensions = Record<string, string>;

interface Sample {
  name: MetricName;
  dimensions: Dimensions;
  values: number[];
}

const NAMESPACE = 'Balcony';
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const VALUES_AT_MOST = 100;

const samples = new Map<string, Sample>();

const isTime = (name: MetricName) => name.endsWith('Ms');

/**
 * Count something that happened, or a number of milliseconds. It is written with the line of the request. However often
 * something happens, its sum is right; of times, the first hundred are kept.
 */
export function measure(name: MetricName, value = 1, dimensions: Dimensions = {}): void {
  const key = JSON.stringify([name, dimensions]);
  const sample = samples.get(key) ?? { name, dimensions, values: [] };
  const last = VALUES_AT_MOST - 1;
  if (sample.values.length <= last) sample.values.push(value);
  else if (!isTime(name)) sample.values[last] = (sample.values[last] as number) + value;
  samples.set(key, sample);
}

/** What the shell of a handler takes from outside. */
interface Outside {
  now: () => number;
  settings: () => Settings;
  write: (line: string) => void;
}

/** Write down what was measured since the last time, where the deployment has a name. Never in the way of an answer. */
export function writeMetrics({ now, settings, write }: Outside): void {
  const stage = stageOf(settings);
  for (const line of takeMetrics(stage ?? '', now())) if (stage) write(line);
}

/** Settings that cannot be read are logged already. */
function stageOf(settings: () => Settings): string | undefined {
  try {
    return settings().stage;
  } catch {
    return undefined;
  }
}

/**
 * Everything measured since the last time, as lines of CloudWatch's embedded metric format: Lambda's log is where
 * CloudWatch reads them, so that no request waits for a metric.
 */
function takeMetrics(stage: string, now: number): string[] {
  const taken = [...samples.values()];
  samples.clear();
  return taken.map((sample) => `${JSON.stringify(embedded(sample, stage, now))}\n`);
}

function embedded({ name, dimensions, values }: Sample, stage: string, now: number): object {
  const Metrics = [{ Name: name, Unit: isTime(name) ? 'Milliseconds' : 'Count' }];
  const directive = {
    Namespace: NAMESPACE,
    Dimensions: [['stage', ...Object.keys(dimensions)]],
    Metrics,
  };
  return {
    _aws: { Timestamp: now, CloudWatchMetrics: [directive] },
    ...{ stage, ...dimensions },
    [name]: values.length === 1 ? values[0] : values,
  };
}
