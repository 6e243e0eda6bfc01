/** The metrics by their CloudWatch names: AWS's, and ours from log lines under `Balcony`. */
const STAGE = '${sls:stage}';

const functionName = (name) => `\${self:service}-${STAGE}-${name}`;

const ref = (id) => ({ Ref: id });
const getAtt = (id, attribute) => ({ 'Fn::GetAtt': [id, attribute] });

/** A metric: its namespace, its name and its dimensions. */
const metric = (Namespace, MetricName, dimensions = {}) => ({
  Namespace,
  MetricName,
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

const INDEXES = ['bySeat', 'byList', 'byReconcileAt', 'byStatus'];

module.exports = {
  STAGE,
  functionName,
  own: (name) => metric('Balcony', name, { stage: STAGE }),
  lambda: (name, fn) => metric('AWS/Lambda', name, { FunctionName: functionName(fn) }),
  api: (name) => metric('AWS/ApiGateway', name, { ApiId: ref('HttpApi') }),
  queue: (name, id) => metric('AWS/SQS', name, { QueueName: getAtt(id, 'QueueName') }),
  /** All throttles that DynamoDB counts: of the table, and of each index, which throttles the table's writes. */
  tableThrottles: ['ReadThrottleEvents', 'WriteThrottleEvents'].flatMap((name) => [
    metric('AWS/DynamoDB', name, { TableName: ref('Table') }),
    ...INDEXES.map((index) =>
      metric('AWS/DynamoDB', name, { TableName: ref('Table'), GlobalSecondaryIndexName: index }),
    ),
  ]),
};
