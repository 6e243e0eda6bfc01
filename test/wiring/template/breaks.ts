import type { Resource, Rule, Template } from './template.ts';

/** A way to spoil a template, and the rule that must notice. */
export interface Break {
  what: string;
  rule: string;
  spoil: (resources: Record<string, Resource['Properties']>, template: Template) => unknown;
}

type Spoil = Break['spoil'];

const on = (what: string, rule: string, spoil: Spoil): Break => ({ what, rule, spoil });
const join = 'JoinMeetingLambdaFunction';
const statement = (properties: Resource['Properties'] | undefined, at = 0) =>
  properties?.Policies[0].PolicyDocument.Statement[at];

/** One for each thing that a rule looks at. */
export const breaks: Break[] = [
  on('a property that AWS does not know', 'schemas', (r) => Object.assign(r.Table ?? {}, { Billing: 'x' })),
  on('a property that is missing', 'schemas', (r) => delete r.HttpApiStage?.StageName),
  on('a number that is text', 'schemas', (r) => Object.assign(r[join] ?? {}, { MemorySize: 'much' })),
  on('a mode that is none', 'schemas', (r) =>
    Object.assign(r[join] ?? {}, { TracingConfig: { Mode: 'On' } }),
  ),
  on('a type that AWS does not have', 'schemas', (_, t) =>
    Object.assign(t.Resources.Table ?? {}, { Type: 'AWS::DynamoDB::Tables' }),
  ),
  on('a name of nothing', 'references', (_, t) => delete t.Resources.ChimeEventsDead),
  on('an attribute that a queue has not', 'references', (r) =>
    Object.assign(r.ChimeEvents?.RedrivePolicy, {
      deadLetterTargetArn: { 'Fn::GetAtt': ['ChimeEventsDead', 'ARN'] },
    }),
  ),
  on('an action with a wildcard', 'noWildcardActions', (r) =>
    Object.assign(statement(r.ReconcileRole), { Action: ['chime:*'] }),
  ),
  on('a role that reaches every table', 'noWildcardResources', (r) =>
    Object.assign(statement(r.JoinMeetingRole, 1), { Resource: '*' }),
  ),
  on('a role that reaches all meetings of all accounts', 'noWildcardResources', (r) =>
    Object.assign(statement(r.MuteAllRole, 2), { Resource: { 'Fn::Sub': 'arn:aws:chime:*:*:meeting/*' } }),
  ),
  on('a role with all indexes', 'tableByItsName', (r) =>
    Object.assign(statement(r.ListHandsRole, 2), {
      Resource: { 'Fn::Join': ['/', [{ Ref: 'Table' }, 'index/any']] },
    }),
  ),
  on('a queue that anybody fills', 'noStrangers', (r) =>
    Object.assign(r.ChimeEventsPolicy?.PolicyDocument.Statement[0], { Principal: '*' }),
  ),
  on(
    'a queue that every account fills',
    'noStrangers',
    (r) => delete r.ChimeEventsPolicy?.PolicyDocument.Statement[0].Condition,
  ),
  on('a role for two', 'roleForEachFunction', (r) =>
    Object.assign(r[join] ?? {}, { Role: r.ReconcileLambdaFunction?.Role }),
  ),
  on(
    'a route that asks for nothing',
    'tokensAreAskedFor',
    (r) => delete r.HttpApiRoutePutMeetingsExternalmeetingidVar?.AuthorizationType,
  ),
  on('a health check that asks for a token', 'tokensAreAskedFor', (r) =>
    Object.assign(r.HttpApiRouteGetHealth ?? {}, { AuthorizationType: 'JWT' }),
  ),
  on('an authorizer of another kind', 'tokensAreAskedFor', (r) =>
    Object.assign(r.HttpApiAuthorizerToken ?? {}, { AuthorizerType: 'REQUEST' }),
  ),
  on('a token for anybody', 'tokensAreChecked', (r) =>
    Object.assign(r.HttpApiAuthorizerToken?.JwtConfiguration, { Audience: [] }),
  ),
  on('cookies for every origin', 'noCredentialsForAll', (r) =>
    Object.assign(r.HttpApi?.CorsConfiguration, { AllowCredentials: true, AllowOrigins: ['*'] }),
  ),
  on(
    'a route without a limit',
    'routesAreThrottled',
    (r) => delete r.HttpApiStage?.RouteSettings['GET /health'],
  ),
  on('a stage without a limit', 'routesAreThrottled', (r) => delete r.HttpApiStage?.DefaultRouteSettings),
  on('a setting for every route', 'routesAreThrottled', (r, t) => {
    const stage = r.HttpApiStage;
    for (const { Type, Properties } of Object.values(t.Resources))
      if (Type.endsWith('::Route'))
        Object.assign(stage?.RouteSettings, { [Properties.RouteKey]: stage?.DefaultRouteSettings });
  }),
  on('a limit for a route that is not there', 'routesAreThrottled', (r) =>
    Object.assign(r.HttpApiStage?.RouteSettings, { 'GET /gone': r.HttpApiStage?.DefaultRouteSettings }),
  ),
  on(
    'a stage that does not wait',
    'routesAreThrottled',
    (_, t) => delete t.Resources.HttpApiStage?.DependsOn,
  ),
  on('a log of tokens', 'accessIsLogged', (r) =>
    Object.assign(r.HttpApiStage?.AccessLogSettings, { Format: '$context.authorizer.claims.sub' }),
  ),
  on('no access log', 'accessIsLogged', (r) => delete r.HttpApiStage?.AccessLogSettings),
  on('a function that is slower than the API', 'answersInTime', (r) =>
    Object.assign(r[join] ?? {}, { Timeout: 60 }),
  ),
  on('no way back in time', 'tableIsKept', (r) => delete r.Table?.PointInTimeRecoverySpecification),
  on('a table that can be deleted', 'tableIsKept', (r) =>
    Object.assign(r.Table ?? {}, { DeletionProtectionEnabled: false }),
  ),
  on('a table that goes with the stack', 'tableIsKept', (_, t) => delete t.Resources.Table?.DeletionPolicy),
  on('a table that keeps all', 'tableScalesAndForgets', (r) => delete r.Table?.TimeToLiveSpecification),
  on('a table of fixed size', 'tableScalesAndForgets', (r) =>
    Object.assign(r.Table ?? {}, { BillingMode: 'PROVISIONED' }),
  ),
  on('a table in the clear', 'storesAreEncrypted', (r) => delete r.Table?.SSESpecification),
  on('a queue in the clear', 'storesAreEncrypted', (r) => delete r.ChimeEvents?.SqsManagedSseEnabled),
  on(
    'a public bucket',
    'storesAreEncrypted',
    (r) => delete r.ServerlessDeploymentBucket?.PublicAccessBlockConfiguration,
  ),
  on('a queue without dead letters', 'eventsAreKept', (r) => delete r.ChimeEvents?.RedrivePolicy),
  on(
    'a rule without dead letters',
    'eventsAreKept',
    (r) => delete r.ChimeEventsRule?.Targets[0].DeadLetterConfig,
  ),
  on(
    'a batch that fails as a whole',
    'batchesAreTaken',
    (r) => delete r.ChimeEventsEventSourceMappingSQSChimeEvents?.FunctionResponseTypes,
  ),
  on('a message that comes again too soon', 'batchesAreTaken', (r) =>
    Object.assign(r.ChimeEvents ?? {}, { VisibilityTimeout: 30 }),
  ),
  on('fewer reserved than called', 'batchesAreTaken', (r) =>
    Object.assign(r.ChimeEventsLambdaFunction ?? {}, { ReservedConcurrentExecutions: 5 }),
  ),
  on('an access key', 'noSecrets', (r) =>
    Object.assign(r[join]?.Environment.Variables, { NOTE: 'AKIAABCDEFGHIJKLMNOP' }),
  ),
  on('a password', 'noSecrets', (r) =>
    Object.assign(r[join]?.Environment.Variables, { DB_PASSWORD: 'hunter2' }),
  ),
  on(
    'a function without an alarm',
    'functionsAreWatched',
    (_, t) => delete t.Resources.AlarmFunctionFailsJoinMeeting,
  ),
  on('dead letters without an alarm', 'troubleIsWatched', (_, t) => delete t.Resources.AlarmDeadLetters),
  on('a reconciler pass that is silently dead', 'silenceIsTrouble', (r) =>
    Object.assign(r.AlarmReconcilerStopped ?? {}, { TreatMissingData: 'missing' }),
  ),
  on('an alarm that tells nobody', 'somebodyIsTold', (r) =>
    Object.assign(r.AlarmSeatsShort ?? {}, { AlarmActions: [] }),
  ),
  on('a log that is kept for ever', 'logsEnd', (r) => delete r.HttpApiLogGroup?.RetentionInDays),
  on('a function without a log group', 'everybodyLogs', (_, t) => delete t.Resources.ReconcileLogGroup),
  on('an old runtime', 'functionsAreModern', (r) => Object.assign(r[join] ?? {}, { Runtime: 'nodejs18.x' })),
  on('an alarm that nobody sees', 'alarmsAreShown', (_, t) => delete t.Resources.Dashboard),
  on('a metric that nobody writes', 'metricsExist', (r) =>
    Object.assign(r.AlarmSeatsShort ?? {}, { MetricName: 'SeatsShort' }),
  ),
];

/** Rules by the names that the breaks call them by. */
export type Rules = Record<string, Rule>;
