import { complain, ofType, type Resource, type Rule, referred, type Template } from './template.ts';

export const tableIsKept: Rule = (template) =>
  complain(
    ofType(template, 'AWS::DynamoDB::Table'),
    ({ Properties: table, DeletionPolicy }) =>
      table.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled &&
      table.DeletionProtectionEnabled &&
      DeletionPolicy === 'Retain',
    'can be lost',
  );

export const tableScalesAndForgets: Rule = (template) =>
  complain(
    ofType(template, 'AWS::DynamoDB::Table'),
    ({ Properties: table }) =>
      table.BillingMode === 'PAY_PER_REQUEST' && table.TimeToLiveSpecification?.Enabled,
    'does not scale, or keeps everything for ever',
  );

export const storesAreEncrypted: Rule = (template) => [
  ...complain(
    ofType(template, 'AWS::DynamoDB::Table'),
    ({ Properties }) => Properties.SSESpecification?.SSEEnabled,
    'is not encrypted',
  ),
  ...complain(
    ofType(template, 'AWS::SQS::Queue'),
    ({ Properties }) => Properties.SqsManagedSseEnabled || Properties.KmsMasterKeyId,
    'is not encrypted',
  ),
  ...complain(
    ofType(template, 'AWS::S3::Bucket'),
    ({ Properties }) =>
      Properties.BucketEncryption && Properties.PublicAccessBlockConfiguration?.RestrictPublicBuckets,
    'is not encrypted, or public',
  ),
];

const DAY_S = 86_400; // how long a stream keeps a change

const mappingsOf = (template: Template) => ofType(template, 'AWS::Lambda::EventSourceMapping');
const isQueue = (template: Template, { Properties }: Resource) =>
  template.Resources[referred(Properties.EventSourceArn) ?? '']?.Type === 'AWS::SQS::Queue';
const streamsOf = (template: Template) =>
  mappingsOf(template).filter(([, mapping]) => !isQueue(template, mapping));

/** Events that cannot be processed or delivered are kept: in the dead-letter queue of each queue and rule, and that of a stream. */
export const eventsAreKept: Rule = (template) => {
  const queueOf = (id = '') => template.Resources[id];
  const streams = streamsOf(template);
  const dead = [
    ...ofType(template, 'AWS::SQS::Queue').map(([, { Properties }]) =>
      referred(Properties.RedrivePolicy?.deadLetterTargetArn),
    ),
    ...streams.map(([, { Properties }]) => referred(Properties.DestinationConfig?.OnFailure?.Destination)),
  ];
  const live = ofType(template, 'AWS::SQS::Queue').filter(([id]) => !dead.includes(id));
  const rules = ofType(template, 'AWS::Events::Rule').filter(([, { Properties }]) => Properties.EventPattern);
  return [
    ...complain(
      live,
      ({ Properties }) => Properties.RedrivePolicy?.maxReceiveCount > 1,
      'has no dead letters',
    ),
    ...complain(
      rules,
      ({ Properties }) =>
        Properties.Targets.every((target: { DeadLetterConfig?: { Arn: unknown } }) =>
          queueOf(referred(target.DeadLetterConfig?.Arn)),
        ),
      'loses what it cannot deliver',
    ),
    ...complain(
      streams,
      ({ Properties: { DestinationConfig: to, MaximumRecordAgeInSeconds: age } }) =>
        queueOf(referred(to?.OnFailure?.Destination)) && age > 0 && age <= DAY_S / 2,
      'loses what it cannot process, or tells of it when the stream has lost it',
    ),
  ];
};

/** A function without a reservation takes part in at least this many, which AWS requires to stay unreserved. */
const UNRESERVED = 100;

/** A queue's function reports the failed messages of a batch, has time for all, and is not throttled by its own limit. */
export const batchesAreProcessed: Rule = (template) =>
  complain(
    mappingsOf(template).filter(([, mapping]) => isQueue(template, mapping)),
    ({ Properties: mapping }) => {
      const taker = template.Resources[referred(mapping.FunctionName) ?? '']?.Properties;
      const queue = template.Resources[referred(mapping.EventSourceArn) ?? '']?.Properties;
      const needed = 6 * taker?.Timeout + mapping.MaximumBatchingWindowInSeconds;
      return (
        mapping.FunctionResponseTypes?.includes('ReportBatchItemFailures') &&
        queue?.VisibilityTimeout >= needed &&
        mapping.ScalingConfig?.MaximumConcurrency <= (taker?.ReservedConcurrentExecutions ?? UNRESERVED)
      );
    },
    'takes batches that it cannot finish',
  );

const SECRET_TEXT = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/, // an access key
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\bwhsec_[A-Za-z0-9+/]{24,}/, // a key that signs webhooks
  /\beyJ[\w-]{10,}\.[\w-]+\.[\w-]+/, // a token
  /\b(gh[pousr]|xox[abp]|sk_live)[_-]\w{10,}/,
  /:\/\/[^/\s:@]+:[^/\s:@]+@/, // a password in a URL
];
const SECRET_NAME = /secret|password|passwd|credential|private_?key|api_?key|token/i;

/** Secrets are named, and fetched where they are needed. */
export const noSecrets: Rule = (template) => {
  const texts: [string, string][] = Object.entries(template.Resources).map(([id, resource]) => [
    id,
    JSON.stringify(resource),
  ]);
  const variables = ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
    Object.entries(Properties.Environment?.Variables ?? {}).map((entry): [string, typeof entry] => [
      id,
      entry,
    ]),
  );
  return [
    ...complain(texts, (text) => !SECRET_TEXT.some((look) => look.test(text)), 'holds a secret'),
    ...complain(
      variables,
      ([name, value]) => !SECRET_NAME.test(name) || typeof value !== 'string' || value === '',
      'is given a secret',
    ),
  ];
};
