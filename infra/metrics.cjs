/** What is measured, as CloudWatch names it: by AWS, and under `Balcony` by our own log lines. */
const STAGE = '${sls:stage}';

const functionName = (name) => `\${self:service}-${STAGE}-${name}`;

const ref = (id) => ({ Ref: id });
const getAtt = (id, attribute) => ({ 'Fn::GetAtt': [id, attribute] });

/** The metric of one thing: its namespace, its name, and what tells the thing from others. */
const metric = (Namespace, MetricName, dimensions = {}) => ({
  Namespace,
  MetricName,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const INDEXES = ['bySeat', 'byList', 'byReconcileAt'];

module.exports = {
  STAGE,
  functionName,
  own: (name) => metric('Balcony', name, { stage: STAGE }),
  lambda: (name, fn) => metric('AWS/Lambda', name, { FunctionName: functionName(fn) }),
  api: (name) => metric('AWS/ApiGateway', name, { ApiId: ref('HttpApi') }),
  queue: (name, id) => metric('AWS/SQS', name, { QueueName: getAtt(id, 'QueueName') }),
  /** Every throttle that DynamoDB counts: of the table, and of each index, which throttles the writes to the table. */
  tableThrottles: ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((name) => [
    metric('AWS/DynamoDB', name, { TableName: ref('Table') }),
    ...INDEXES.map((index) =>
      metric('AWS/DynamoDB', name, { TableName: ref('Table'), GlobalSecondaryIndexName: index }),
    ),
  ]),
};
