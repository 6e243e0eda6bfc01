/**
 * One role a function, with the actions that its code can ask for and no other: a test bundles each handler and
 * compares. Creating a meeting cannot be narrowed to a resource:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonchime.html
 */
const CREATE = ['chime:CreateMeeting', 'chime:CreateMeetingWithAttendees'];
/** What Chime asks for when a meeting is created with tags. */
const TAG = ['chime:TagMeeting', 'chime:TagResource'];
const READ_WRITE = ['dynamodb:GetItem', 'dynamodb:UpdateItem'];
/** What Lambda asks for in the function's name: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
const LEAVE_STAGE = ['chime:DeleteAttendee', 'chime:ListAttendees'];
const ENTER_STAGE = [...LEAVE_STAGE, 'chime:CreateAttendee'];

/**
 * By function: what it does to the table, which of its indexes it asks, what it does to Chime's meetings and whether
 * it opens any; and the queue it is fed from.
 */
const functions = {
  health: {},
  openapi: {},
  createMeeting: {
    table: [...READ_WRITE, 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
    chime: ['chime:DeleteMeeting', ...TAG],
    opens: true, // to delete what an unfinished claim may have opened
  },
  getMeeting: { table: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'] },
  endMeeting: { table: READ_WRITE, chime: ['chime:DeleteMeeting', ...TAG], opens: true }, // for the same
  joinMeeting: {
    table: [...READ_WRITE, 'dynamodb:PutItem'],
    chime: [...ENTER_STAGE, ...TAG, 'chime:BatchCreateAttendee', 'chime:DeleteMeeting', 'chime:GetMeeting'],
    opens: true,
  },
  leaveMeeting: { table: READ_WRITE, chime: LEAVE_STAGE },
  listAttendees: { table: ['dynamodb:GetItem', 'dynamodb:Query'] },
  getAttendee: { table: ['dynamodb:GetItem'] },
  removeAttendee: { table: READ_WRITE, chime: LEAVE_STAGE },
  updateAttendee: { table: READ_WRITE, chime: ['chime:UpdateAttendeeCapabilities'] },
  muteAll: {
    table: [...READ_WRITE, 'dynamodb:BatchGetItem'],
    chime: ['chime:BatchUpdateAttendeeCapabilitiesExcept', 'chime:UpdateAttendeeCapabilities'],
  },
  raiseHand: { table: READ_WRITE },
  lowerHand: { table: READ_WRITE },
  listHands: { table: ['dynamodb:GetItem'], index: 'byList' },
  grantPromotion: { table: READ_WRITE, chime: [...ENTER_STAGE, 'chime:GetMeeting'] },
  getPromotion: { table: ['dynamodb:GetItem'] },
  revokePromotion: { table: READ_WRITE, chime: LEAVE_STAGE },
  listBans: { table: ['dynamodb:GetItem'], index: 'byList' },
  liftBan: { table: READ_WRITE },
  sweep: {
    table: [...READ_WRITE, 'dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    index: 'bySweep',
    chime: [...LEAVE_STAGE, ...TAG, 'chime:BatchCreateAttendee', 'chime:DeleteMeeting', 'chime:GetMeeting'],
    opens: true,
  },
  provisionSeats: {
    table: [...READ_WRITE, 'dynamodb:PutItem'],
    chime: [...LEAVE_STAGE, ...TAG, 'chime:BatchCreateAttendee', 'chime:DeleteMeeting', 'chime:GetMeeting'],
    opens: ['chime:CreateMeeting'],
  },
  chimeEvents: { table: READ_WRITE, index: 'bySeat', queue: 'ChimeEvents' },
};

const sub = (template) => ({ 'Fn::Sub': template });
const allow = (Action, Resource) => (Action?.length > 0 ? [{ Effect: 'Allow', Action, Resource }] : []);
const logGroup = '/aws/lambda/${self:service}-${sls:stage}';

/** @param {string} name */
function statementsOf(name) {
  const { table, index, chime, opens, queue } = functions[name];
  return [
    ...allow(
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${logGroup}-${name}:*`),
    ),
    ...allow(table, { 'Fn::GetAtt': ['Table', 'Arn'] }),
    ...allow(index ? ['dynamodb:Query'] : [], sub(`\${Table.Arn}/index/${index}`)),
    ...allow(opens === true ? CREATE : opens, '*'),
    ...allow(queue ? RECEIVE : [], { 'Fn::GetAtt': [queue, 'Arn'] }),
    ...allow(chime, sub('arn:${AWS::Partition}:chime:*:${AWS::AccountId}:meeting/*')),
  ];
}

/** @param {string} name */
function roleOf(name) {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const document = (Statement) => ({ Version: '2012-10-17', Statement });
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document([trust]),
      Policies: [{ PolicyName: name, PolicyDocument: document(statementsOf(name)) }],
    },
  };
}

const idOf = (name) => `${name[0].toUpperCase()}${name.slice(1)}Role`;

module.exports = {
  Resources: Object.fromEntries(Object.keys(functions).map((name) => [idOf(name), roleOf(name)])),
};
