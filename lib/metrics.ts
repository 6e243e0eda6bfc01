import type { Settings } from './settings.ts';

/** The names of the metrics. Alarms and the dashboard refer to them. */
export type MetricName =
  | 'JoinAnswered'
  | 'TimeToSeatMs'
  | 'SeatsDrawn'
  | 'SeatsRunningShort'
  | 'ReplicasOpened'
  | 'ReplicaCeilingReached'
  | 'ChimeCalls'
  | 'ChimeThrottled'
  | 'ReconcilerPassCompleted'
  | 'CaptionsOn'
  | 'CaptionsInterrupted'
  | 'CaptionsFailed'
  | 'ClientReports'
  | 'TimeToFirstAudioMs'
  | 'TimeToFirstVideoMs'
  | 'ClientReconnects'
  | 'ClientDrops'
  | 'ClientFailures'
  | 'WebhooksDelivered'
  | 'WebhooksFailed'
  | 'WebhooksDropped'
  | 'WebhookChangesUnread';

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
 * Record a count, or a duration in milliseconds. It is written with the log line of the request. Counts are summed
 * without a limit; of durations, the first hundred are kept.
 */
export function measure(name: MetricName, value = 1, dimensions: Dimensions = {}): void {
  const key = JSON.stringify([name, dimensions]);
  const sample = samples.get(key) ?? { name, dimensions, values: [] };
  const last = VALUES_AT_MOST - 1;
  if (sample.values.length <= last) sample.values.push(value);
  else if (!isTime(name)) sample.values[last] = (sample.values[last] as number) + value;
  samples.set(key, sample);
}

/** The dependencies of a handler that write metrics. */
interface MetricsDeps {
  now: () => number;
  settings: () => Settings;
  write: (line: string) => void;
}

/** Write the metrics recorded since the last call, if the deployment has a name. It never delays a response. */
export function writeMetrics({ now, settings, write }: MetricsDeps): void {
  const stage = stageOf(settings);
  for (const line of takeMetrics(stage ?? '', now())) if (stage) write(line);
}

/** The stage; undefined if the settings are invalid, which is logged already. */
function stageOf(settings: () => Settings): string | undefined {
  try {
    return settings().stage;
  } catch {
    return undefined;
  }
}

/**
 * The metrics since the last call, as lines of CloudWatch's embedded metric format. CloudWatch reads them from
 * Lambda's log, so no request waits for a metric.
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
