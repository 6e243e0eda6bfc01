import { complain, intrinsic, ofType, type Rule, type Template } from './template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Actions for which AWS supports no narrower resource. */
const ANYWHERE = [
  'chime:CreateMeeting',
  'chime:CreateMeetingWithAttendees',
  'chime:StartMeetingTranscription',
  'chime:StopMeetingTranscription',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];
/** Narrow, though there is a star in them: the meetings of this account, the streams of one log group. */
const NARROW =
  /^arn:\$\{AWS::Partition\}:(chime:\*:\$\{AWS::AccountId\}:meeting\/\*|logs:\$\{AWS::Region\}:\$\{AWS::AccountId\}:log-group:\/aws\/lambda\/[\w-]+:\*)$/;

type Owned = [owner: string, statement: Statement];

/** What the roles allow themselves. */
function statementsOfRoles(template: Template): Owned[] {
  return ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) =>
    Properties.Policies.flatMap((policy: { PolicyDocument: { Statement: Statement[] } }) =>
      policy.PolicyDocument.Statement.map((statement) => [id, statement]),
    ),
  );
}

/** What queues, topics and buckets allow others. */
function statementsOfResources({ Resources }: Template): Owned[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
    /::\w+Policy$/.test(Type)
      ? Properties.PolicyDocument.Statement.map((statement: Statement) => [id, statement])
      : [],
  );
}

const allowing = (statements: Owned[]) => statements.filter(([, { Effect }]) => Effect === 'Allow');
const actionsOf = ({ Action }: Statement) => [Action].flat();

export const noWildcardActions: Rule = (template) =>
  complain(
    allowing([...statementsOfRoles(template), ...statementsOfResources(template)]),
    (statement) => !actionsOf(statement).some((action) => action.includes('*')),
    'allows an action with a wildcard',
  );

export const noWildcardResources: Rule = (template) =>
  complain(
    allowing([...statementsOfRoles(template), ...statementsOfResources(template)]),
    (statement) =>
      [statement.Resource].flat().every((resource) => isNarrow(resource)) ||
      actionsOf(statement).every((action) => ANYWHERE.includes(action)),
    'reaches more than it names',
  );

function isNarrow(resource: unknown): boolean {
  const [name, argument] = intrinsic(resource) ?? [];
  const text = typeof resource === 'string' ? resource : name === 'Fn::Sub' ? String(argument) : '';
  return !text.includes('*') || NARROW.test(text);
}

/** The table's own ARN, or that of its stream or of one of its indexes. */
export const tableByItsName: Rule = (template) => {
  const table = JSON.stringify({ 'Fn::GetAtt': ['Table', 'Arn'] });
  const stream = JSON.stringify({ 'Fn::GetAtt': ['Table', 'StreamArn'] });
  const index = /^\{"Fn::Sub":"\$\{Table\.Arn\}\/index\/(bySeat|byList|byReconcileAt|byStatus)"\}$/;
  const asking = statementsOfRoles(template).filter(([, statement]) =>
    actionsOf(statement).some((action) => action.startsWith('dynamodb:')),
  );
  return complain(
    asking,
    ({ Resource }) =>
      [table, stream].includes(JSON.stringify(Resource)) || index.test(JSON.stringify(Resource)),
    'asks another table than ours',
  );
};

/** Only services may act on a resource of ours, and only in the name of something of this account. */
export const onlyKnownSenders: Rule = (template) =>
  complain(
    allowing(statementsOfResources(template)),
    ({ Principal, Condition = {} }) =>
      typeof (Principal as { Service?: unknown }).Service === 'string' &&
      Object.values(Condition).some((clause) => 'aws:SourceArn' in clause || 'aws:SourceAccount' in clause),
    'lets a stranger in',
  );

export const roleForEachFunction: Rule = (template) => {
  const functions = ofType(template, 'AWS::Lambda::Function');
  const roles = functions.map(([, { Properties }]) => JSON.stringify(Properties.Role));
  return complain(
    functions,
    ({ Properties }) => roles.filter((role) => role === JSON.stringify(Properties.Role)).length === 1,
    'shares its role',
  );
};
