const functions = require('./functions.cjs');

/**
 * One role per function, with the actions of functions.cjs. The actions of Chime and X-Ray that can be narrowed to a
 * resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonchime.html and list_awsx-ray.html
 */

/** Lambda calls these in the function's name: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
/** The same for a stream: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
/** https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
const TRACE = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];
/**
 * DynamoDB uses a customer's key in the name of the caller that reads or writes an item:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const USE_KEY = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:DescribeKey',
  'kms:CreateGrant',
];

const sub = (template) => ({ 'Fn::Sub': template });
const allow = (Action, Resource) => (Action?.length > 0 ? [{ Effect: 'Allow', Action, Resource }] : []);
const document = (Statement) => ({ Version: '2012-10-17', Statement });
const OURS = (service) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}`;
const logGroup = '/aws/lambda/${self:service}-${sls:stage}';

/** @param {string} name */
function statementsOf(name) {
  const {
    table,
    index,
    chime,
    opens,
    transcribes,
    queue,
    queues = {},
    stream,
    webhookKeys,
  } = functions[name];
  return [
    ...allow(
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${logGroup}-${name}:*`),
    ),
    ...allow(table, { 'Fn::GetAtt': ['Table', 'Arn'] }),
    ...allow(index ? ['dynamodb:Query'] : [], sub(`\${Table.Arn}/index/${index}`)),
    ...allow(opens, '*'),
    ...allow(transcribes, '*'),
    ...allow(stream ? READ_STREAM : [], { 'Fn::GetAtt': ['Table', 'StreamArn'] }),
    ...allow(queue ? RECEIVE : [], { 'Fn::GetAtt': [queue, 'Arn'] }),
    ...Object.entries(queues).flatMap(([action, ids]) =>
      ids.flatMap((id) => allow([action], { 'Fn::GetAtt': [id, 'Arn'] })),
    ),
    ...allow(webhookKeys ? ['ssm:GetParameter'] : [], sub(`${OURS('ssm')}:parameter\${param:webhookSecret}`)),
    ...allow(chime, sub('arn:${AWS::Partition}:chime:*:${AWS::AccountId}:meeting/*')),
  ];
}

const policy = (PolicyName, statements) => ({ PolicyName, PolicyDocument: document(statements) });
const where = (condition, value) => ({ 'Fn::If': [condition, value, { Ref: 'AWS::NoValue' }] });

const trace = where('Traced', policy('trace', allow(TRACE, '*')));
const viaTable = { StringEquals: { 'kms:ViaService': sub('dynamodb.${AWS::Region}.amazonaws.com') } };
const [useKey] = allow(USE_KEY, '${param:tableKeyArn}');
const unlock = where('TableKeyIsGiven', policy('table-key', [{ ...useKey, Condition: viaTable }]));

/** SSM reads a secret in the caller's name. Secrets Manager adds six characters to its ARN. */
const [readSecret] = allow(
  ['secretsmanager:GetSecretValue'],
  sub(`${OURS('secretsmanager')}:secret:\${self:custom.webhookKeys.id}-??????`),
);
const readKeys = where('WebhookKeysAreInSecretsManager', policy('webhook-keys', [readSecret]));

/** @param {string} name */
function roleOf(name) {
  const { table, stream, condition, webhookKeys } = functions[name];
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  return {
    Type: 'AWS::IAM::Role',
    ...(condition && { Condition: condition }),
    Properties: {
      AssumeRolePolicyDocument: document([trust]),
      Policies: [
        policy(name, statementsOf(name)),
        trace,
        ...(table || stream ? [unlock] : []),
        ...(webhookKeys ? [readKeys] : []),
      ],
    },
  };
}

const idOf = (name) => `${name[0].toUpperCase()}${name.slice(1)}Role`;

module.exports = {
  Conditions: { Traced: { 'Fn::Equals': ['${param:tracing}', 'Active'] } },
  Resources: Object.fromEntries(Object.keys(functions).map((name) => [idOf(name), roleOf(name)])),
};
