import { readFileSync } from 'node:fs';
import { sourcesOf } from '../../layers/imports.ts';
import { complain, ofType, type Resource, type Rule, type Template } from './template.ts';

/** What our own code measures, by its names. */
const OWN = sourcesOf('lib').flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\bmeasure\('(\w+)'/g)].map(([, name = '']) => name),
);

const alarmsOf = (template: Template) => ofType(template, 'AWS::CloudWatch::Alarm');

/** Whether an alarm looks at a metric with these words somewhere in it. */
const looksAt =
  (...words: string[]) =>
  ([, { Properties }]: [string, Resource]) => {
    const { Namespace, MetricName, Dimensions, Metrics } = Properties;
    const text = JSON.stringify({ Namespace, MetricName, Dimensions, Metrics });
    return words.every((word) => text.includes(JSON.stringify(word)));
  };

export const functionsAreWatched: Rule = (template) => {
  const functions = ofType(template, 'AWS::Lambda::Function');
  return complain(
    functions,
    ({ Properties }) =>
      alarmsOf(template).some(looksAt('AWS/Lambda', 'Errors', Properties.FunctionName as string)),
    'has no alarm on its errors',
  );
};

/** Everything else that an operator is to be told of. */
const WATCHED = [
  ['AWS/ApiGateway', '5xx'],
  ['AWS/Lambda', 'Throttles'],
  ['AWS/DynamoDB', 'WriteThrottleEvents'],
  ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'ChimeEventsDead'],
  ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'ChimeEvents'],
  ['Balcony', 'ChimeThrottled'],
  ['Balcony', 'ReplicaCeilingReached'],
  ['Balcony', 'SeatsRunningShort'],
  ['Balcony', 'ReconcilerPassCompleted'],
  ['Balcony', 'ClientFailures'],
  ['Balcony', 'CaptionsFailed'],
];
/** The same with webhooks. */
const WATCHED_WEBHOOKS = [
  ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'WebhooksDead'],
  ['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'WebhooksUnpublished'],
  ['AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Webhooks'],
  ['AWS/Lambda', 'IteratorAge'],
  ['Balcony', 'WebhookChangesUnread'],
];

export const failuresAreWatched: Rule = (template) =>
  [...WATCHED, ...('Webhooks' in template.Resources ? WATCHED_WEBHOOKS : [])]
    .filter((words) => !alarmsOf(template).some(looksAt(...words)))
    .map((words) => `no alarm looks at ${words.join(' ')}`);

export const silenceRaisesAlarm: Rule = (template) =>
  complain(
    alarmsOf(template).filter(looksAt('ReconcilerPassCompleted')),
    ({ Properties }) => Properties.TreatMissingData === 'breaching',
    'takes a reconciler pass that never runs for a good one',
  );

export const alarmsHaveActions: Rule = (template) =>
  complain(
    alarmsOf(template),
    ({ Properties }) => Properties.AlarmActions.length > 0 && Properties.OKActions.length > 0,
    'has no action',
  );

export const logsEnd: Rule = (template) =>
  complain(
    ofType(template, 'AWS::Logs::LogGroup'),
    ({ Properties }) => Properties.RetentionInDays > 0,
    'is kept for ever',
  );

export const functionsHaveLogs: Rule = (template) => {
  const groups = ofType(template, 'AWS::Logs::LogGroup').map(([, { Properties }]) => Properties.LogGroupName);
  return complain(
    ofType(template, 'AWS::Lambda::Function'),
    ({ Properties }) => groups.includes(`/aws/lambda/${Properties.FunctionName}`),
    'makes a log group of its own, which is kept for ever',
  );
};

export const functionsAreModern: Rule = (template) =>
  complain(
    ofType(template, 'AWS::Lambda::Function'),
    ({ Properties: { Runtime, Architectures, TracingConfig } }) =>
      Runtime === 'nodejs24.x' && Architectures?.includes('arm64') && TracingConfig?.Mode === 'Active',
    'has another runtime, architecture or no traces',
  );

/** One page shows every alarm, and CloudWatch can read it. */
export const alarmsAreShown: Rule = (template) => {
  const bodies = ofType(template, 'AWS::CloudWatch::Dashboard').map(([, { Properties }]) =>
    JSON.parse(Properties.DashboardBody['Fn::Sub']),
  );
  const shown = bodies.flatMap(({ widgets }) =>
    widgets.flatMap(({ properties }: { properties: { alarms?: string[] } }) => properties.alarms ?? []),
  );
  return alarmsOf(template)
    .filter(([id]) => !shown.includes(`\${${id}.Arn}`))
    .map(([id]) => `${id} is on no dashboard`);
};

/** Alarms and the dashboard look at what is measured, and at nothing that is not. */
export const metricsExist: Rule = (template) => {
  const alarms = alarmsOf(template).flatMap(([id, { Properties }]) =>
    Properties.Namespace === 'Balcony' ? [[id, Properties.MetricName] as [string, string]] : [],
  );
  const shown = ofType(template, 'AWS::CloudWatch::Dashboard').flatMap(([id, { Properties }]) => {
    const body = String(Properties.DashboardBody['Fn::Sub']);
    const named = [...body.matchAll(/"Balcony","(\w+)"|\{Balcony,[^}]*\} MetricName=\\"(\w+)\\"/g)];
    return named.map(([, direct, searched]) => [id, direct ?? searched ?? ''] as [string, string]);
  });
  const isWritten = (name: string) => !name.startsWith('Webhook') || 'Webhooks' in template.Resources;
  const unseen = OWN.filter((name) => isWritten(name) && !shown.some(([, each]) => each === name));
  return [
    ...complain([...alarms, ...shown], (name) => OWN.includes(name), 'uses a metric that is never measured'),
    ...unseen.map((name) => `${name} is not on the dashboard`),
  ];
};
