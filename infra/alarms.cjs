const functions = require('./functions.cjs');
const { api, functionName, lambda, own, queue, tableThrottles } = require('./metrics.cjs');

/** Each alarm has a section in docs/operations.md under its name: a test compares them. */
const RUNBOOK = 'docs/operations.md';
const MINUTE = 60; // seconds

/** How many of the last minutes must be bad. */
const of = (bad, minutes) => ({ DatapointsToAlarm: bad, EvaluationPeriods: minutes });
const once = of(1, 1);

const least = (Threshold) => ({ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold });
const sum = (metric) => ({ ...metric, Statistic: 'Sum', Period: MINUTE });
const most = (metric) => ({ ...metric, Statistic: 'Maximum', Period: MINUTE });

/** An expression over sums per minute. */
function math(Expression, metrics) {
  const stats = Object.entries(metrics).map(([Id, Metric]) => ({
    Id,
    MetricStat: { Metric, Period: MINUTE, Stat: 'Sum' },
    ReturnData: false,
  }));
  return { Metrics: [{ Id: 'value', Expression, Label: 'value', ReturnData: true }, ...stats] };
}

const numbered = (metrics) => Object.fromEntries(metrics.map((metric, n) => [`m${n}`, metric]));

const WEBHOOKS = 'WebhooksAreOn';

/** The alarms by name: the message, the metric, the threshold, and the condition under which the alarm exists. */
const alarms = {
  'api-fails': {
    says: 'More than 1 % of the requests end in a 5xx. A minute with fewer than 100 requests counts as 100.',
    looksAt: math('100 * FILL(errors, 0) / IF(requests > 100, requests, 100)', {
      errors: api('5xx'),
      requests: api('Count'),
    }),
    ...least(1),
    ...of(2, 3),
  },
  'joins-throttled': {
    says: "Lambda rejects joins: the account's concurrency is used up.",
    looksAt: sum(lambda('Throttles', 'joinMeeting')),
    ...least(1),
    ...once,
  },
  'chime-throttled': {
    says: "Chime throttles calls, although Balcony limits them: the account's quota is lower than chimeRatePerSecond.",
    looksAt: sum(own('ChimeThrottled')),
    ...least(5),
    ...of(2, 3),
  },
  'table-throttled': {
    says: 'DynamoDB throttles requests: the audience grows faster than the table.',
    looksAt: math('SUM(METRICS())', numbered(tableThrottles)),
    ...least(10),
    ...of(2, 3),
  },
  'replica-ceiling': {
    says: 'A meeting needs more replicas than the account or its options allow. Viewers get MEETING_FULL.',
    looksAt: sum(own('ReplicaCeilingReached')),
    ...least(1),
    ...once,
  },
  'seats-short': {
    says: "Four fifths of a replica's seats are drawn, and no further replica can be opened: the meeting will be full soon.",
    looksAt: sum(own('SeatsRunningShort')),
    ...least(1),
    ...once,
  },
  'audience-fails': {
    // Of a large audience about a thousand clients report, so the number needs no share.
    says: "The connections of at least twenty of the people whose clients report failed in a minute: see the dashboard's third row for where.",
    looksAt: sum(own('ClientFailures')),
    ...least(20),
    ...of(2, 3),
  },
  'captions-fail': {
    says: 'The captions of a meeting failed: no service-linked role, no Transcribe in the region, a quota, or settings that it rejects.',
    looksAt: sum(own('CaptionsFailed')),
    ...least(1),
    ...once,
  },
  'reconciler-stopped': {
    says: 'No pass of the reconciler was completed for five minutes: the remains of crashes are not cleaned up.',
    looksAt: sum(own('ReconcilerPassCompleted')),
    ...{ ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching' },
    ...of(5, 5),
  },
  'dead-letters': {
    says: 'An event of Chime could not be delivered, or could not be applied in five attempts.',
    looksAt: most(queue('ApproximateNumberOfMessagesVisible', 'ChimeEventsDead')),
    ...least(1),
    ...once,
  },
  'events-late': {
    // A single failing message is dead after 5 times 61 seconds, and has an alarm of its own.
    says: "Chime's events wait for more than six minutes: presence is stale, and dead meetings look alive.",
    looksAt: most(queue('ApproximateAgeOfOldestMessage', 'ChimeEvents')),
    ...least(360),
    ...of(2, 2),
  },
  'webhooks-dead': {
    says: 'An endpoint did not take a webhook in about a day of attempts.',
    looksAt: most(queue('ApproximateNumberOfMessagesVisible', 'WebhooksDead')),
    ...least(1),
    ...once,
    condition: WEBHOOKS,
  },
  'webhooks-late': {
    says: 'A webhook waits for more than fifteen minutes: an endpoint refuses it, does not answer, or is too slow.',
    looksAt: most(queue('ApproximateAgeOfOldestMessage', 'Webhooks')),
    ...least(900),
    ...of(5, 5),
    condition: WEBHOOKS,
  },
  'webhooks-unpublished': {
    says: 'Changes of the table wait for more than five minutes to become webhooks.',
    looksAt: most(lambda('IteratorAge', 'publishEvents')),
    ...least(300_000),
    ...of(2, 2),
    condition: WEBHOOKS,
  },
  'webhooks-lost': {
    says: 'A change of the table could not become a webhook: it was not understood, or Lambda gave its batch up.',
    looksAt: math('SUM(METRICS())', {
      unread: own('WebhookChangesUnread'),
      givenUp: queue('ApproximateNumberOfMessagesVisible', 'WebhooksUnpublished'),
    }),
    ...least(1),
    ...once,
    condition: WEBHOOKS,
  },
  ...Object.fromEntries(
    Object.keys(functions).map((name) => [`function-fails-${name}`, functionFails(name)]),
  ),
};

/** Handlers answer every request; an error is a crash, a timeout, or a bundle that does not load. */
function functionFails(name) {
  return {
    says: `${name} crashed or timed out.`,
    looksAt: sum(lambda('Errors', name)),
    ...least(1),
    ...once,
    condition: functions[name].condition,
  };
}

const tell = [
  {
    'Fn::If': [
      'AlarmTopicIsGiven',
      '${param:alarmTopicArn}',
      { 'Fn::If': ['AlarmEmailIsGiven', { Ref: 'AlarmTopic' }, { Ref: 'AWS::NoValue' }] },
    ],
  },
];

const idOf = (name) =>
  `Alarm${name
    .split('-')
    .map((part) => part[0].toUpperCase() + part.slice(1))
    .join('')}`;

function resourceOf([name, { says, looksAt, condition, ...when }]) {
  const AlarmDescription = `${says} ${RUNBOOK}#${name.replace(/^(function-fails)-.*/, '$1')}`;
  const told = { AlarmActions: tell, OKActions: tell };
  const Properties = { AlarmName: functionName(name), AlarmDescription, TreatMissingData: 'notBreaching' };
  return [
    idOf(name),
    {
      Type: 'AWS::CloudWatch::Alarm',
      ...(condition && { Condition: condition }),
      Properties: { ...Properties, ...looksAt, ...when, ...told },
    },
  ];
}

module.exports = { Resources: Object.fromEntries(Object.entries(alarms).map(resourceOf)) };
