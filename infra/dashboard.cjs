const alarms = require('./alarms.cjs').Resources;
const { STAGE, functionName } = require('./metrics.cjs');

/**
 * The dashboard. Its first row shows whether the event is healthy, the second how viewers join, the third how their connections
 * fare, and the others where to look for a cause.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
const REGION = '${AWS::Region}';
const WIDTH = 24;
/** A page must not name an alarm or a queue that does not exist. */
const WEBHOOKS = 'WebhooksAreOn';

const own = (name, label, stat) => ['Balcony', name, 'stage', STAGE, { label, stat }];
const api = (name, label, stat) => ['AWS/ApiGateway', name, 'ApiId', '${HttpApi}', { label, stat }];
const table = (name, label, stat) => ['AWS/DynamoDB', name, 'TableName', '${Table}', { label, stat }];
const queue = (id, name, label) => [
  'AWS/SQS',
  name,
  'QueueName',
  `\${${id}.QueueName}`,
  { label, stat: 'Maximum' },
];
const lambda = (fn, name, stat, label = fn) => [
  'AWS/Lambda',
  name,
  'FunctionName',
  functionName(fn),
  { label, stat },
];
/** Every metric of ours with these dimensions, for all their values. */
const each = (name, ...dimensions) => eachBy('Sum', name, ...dimensions);
const eachBy = (stat, name, ...dimensions) => [
  {
    expression: `SEARCH('{Balcony,${['stage', ...dimensions].join(',')}} MetricName="${name}" stage="${STAGE}"', '${stat}', 60)`,
    label: '',
  },
];
const WHERE = ['mediaRegion', 'placement'];

const chart = (title, ...metrics) => ({
  type: 'metric',
  properties: { title, metrics, region: REGION, period: 60, stat: 'Sum', view: 'timeSeries', liveData: true },
});
const number = (title, ...metrics) => {
  const { type, properties } = chart(title, ...metrics);
  return { type, properties: { ...properties, view: 'singleValue', sparkline: true } };
};
const stacked = (title, ...metrics) => {
  const { type, properties } = chart(title, ...metrics);
  return { type, properties: { ...properties, stacked: true } };
};

/** The widget of the alarms that exist, with webhooks or without. */
const allAlarms = (withWebhooks) => ({
  type: 'alarm',
  properties: {
    title: 'Is it all right?',
    alarms: Object.entries(alarms)
      .filter(([, { Condition }]) => withWebhooks || Condition !== WEBHOOKS)
      .map(([id]) => `\${${id}.Arn}`),
    sortBy: 'stateUpdatedTimestamp',
  },
});

const rows = [
  {
    height: 6,
    widgets: [
      stacked('Joins answered, a minute', each('JoinAnswered', 'outcome')),
      chart(
        'From a join to a seat (ms)',
        own('TimeToSeatMs', 'p50', 'p50'),
        own('TimeToSeatMs', 'p95', 'p95'),
        own('TimeToSeatMs', 'p99', 'p99'),
      ),
      number(
        'Seats, a minute',
        own('SeatsDrawn', 'seats drawn', 'Sum'),
        own('ReplicasOpened', 'replicas opened', 'Sum'),
        own('SeatsRunningShort', 'running short', 'Sum'),
        own('ReplicaCeilingReached', 'no further replica', 'Sum'),
      ),
    ],
  },
  {
    height: 1,
    widgets: [{ type: 'text', properties: { markdown: '## Is the audience all right, and where not?' } }],
  },
  {
    height: 6,
    widgets: [
      chart('From Join to sound, p95 (ms)', eachBy('p95', 'TimeToFirstAudioMs', ...WHERE)),
      chart('From Join to a picture, p95 (ms)', eachBy('p95', 'TimeToFirstVideoMs', ...WHERE)),
      stacked('Reports, a minute', each('ClientReports', ...WHERE)),
    ],
  },
  {
    height: 6,
    widgets: [
      stacked(
        'Lost connections, a minute',
        each('ClientReconnects', ...WHERE),
        each('ClientDrops', ...WHERE),
      ),
      stacked('Failed sessions, a minute, by place', each('ClientFailures', ...WHERE)),
      stacked('Failed sessions, a minute, by code', each('ClientFailures', 'code')),
    ],
  },
  {
    height: 6,
    widgets: [
      stacked('Calls to Chime, a minute', each('ChimeCalls', 'operation', 'outcome')),
      chart('Throttled by Chime', own('ChimeThrottled', 'throttled', 'Sum')),
      chart('Reconciler passes', own('ReconcilerPassCompleted', 'completed', 'Sum')),
    ],
  },
  {
    height: 6,
    widgets: [
      chart('Requests', api('Count', 'all', 'Sum'), api('4xx', '4xx', 'Sum'), api('5xx', '5xx', 'Sum')),
      chart('Latency (ms)', api('Latency', 'p50', 'p50'), api('Latency', 'p99', 'p99')),
      chart(
        'Concurrent executions',
        lambda('joinMeeting', 'ConcurrentExecutions', 'Maximum'),
        lambda('chimeEvents', 'ConcurrentExecutions', 'Maximum'),
        lambda('joinMeeting', 'Throttles', 'Sum', 'joins throttled'),
      ),
    ],
  },
  {
    height: 6,
    widgets: [
      chart(
        'Table, units a minute',
        table('ConsumedWriteCapacityUnits', 'written', 'Sum'),
        table('ConsumedReadCapacityUnits', 'read', 'Sum'),
        table('WriteThrottleEvents', 'writes throttled', 'Sum'),
        table('ReadThrottleEvents', 'reads throttled', 'Sum'),
      ),
      chart(
        "Chime's events",
        queue('ChimeEvents', 'ApproximateAgeOfOldestMessage', 'oldest (s)'),
        queue('ChimeEvents', 'ApproximateNumberOfMessagesVisible', 'waiting'),
        queue('ChimeEventsDead', 'ApproximateNumberOfMessagesVisible', 'dead'),
      ),
      chart(
        'Captions, events a minute',
        own('CaptionsOn', 'on, or changed', 'Sum'),
        own('CaptionsInterrupted', 'interrupted', 'Sum'),
        own('CaptionsFailed', 'failed', 'Sum'),
      ),
    ],
  },
];

const webhooks = {
  height: 6,
  widgets: [
    chart(
      'Webhooks, attempts a minute',
      own('WebhooksDelivered', 'delivered', 'Sum'),
      own('WebhooksFailed', 'failed', 'Sum'),
      own('WebhooksDropped', 'endpoint gone', 'Sum'),
      own('WebhookChangesUnread', 'changes not understood', 'Sum'),
    ),
    chart(
      'Webhooks that wait',
      queue('Webhooks', 'ApproximateAgeOfOldestMessage', 'oldest (s)'),
      queue('Webhooks', 'ApproximateNumberOfMessagesVisible', 'waiting'),
      queue('WebhooksDead', 'ApproximateNumberOfMessagesVisible', 'dead'),
      lambda('publishEvents', 'IteratorAge', 'Maximum', 'stream (ms)'),
    ),
  ],
};

/** Places the widgets of each row side by side, and the rows below each other. */
function laidOut(withWebhooks) {
  let y = 0;
  const all = [
    { height: 6, widgets: [allAlarms(withWebhooks)] },
    ...rows,
    ...(withWebhooks ? [webhooks] : []),
  ];
  return all.flatMap(({ height, widgets }) => {
    const width = WIDTH / widgets.length;
    const placed = widgets.map((widget, n) => ({ ...widget, x: n * width, y, width, height }));
    y += height;
    return placed;
  });
}

const bodyOf = (withWebhooks) => ({
  'Fn::Sub': JSON.stringify({ start: '-PT3H', widgets: laidOut(withWebhooks) }),
});

module.exports = {
  Resources: {
    Dashboard: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: {
        // A dashboard's name is unique across all regions of an account.
        DashboardName: { 'Fn::Sub': `\${self:service}-${STAGE}-${REGION}` },
        DashboardBody: { 'Fn::If': [WEBHOOKS, bodyOf(true), bodyOf(false)] },
      },
    },
  },
  Outputs: {
    DashboardName: { Description: 'Is the event all right?', Value: { Ref: 'Dashboard' } },
  },
};
