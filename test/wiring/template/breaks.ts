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
  on('an unknown property', 'schemas', (r) => Object.assign(r.Table ?? {}, { Billing: 'x' })),
  on('a missing property', 'schemas', (r) => delete r.HttpApiStage?.StageName),
  on('a number as text', 'schemas', (r) => Object.assign(r[join] ?? {}, { MemorySize: 'much' })),
  on('an unknown mode', 'schemas', (r) => Object.assign(r[join] ?? {}, { TracingConfig: { Mode: 'On' } })),
  on('an unknown resource type', 'schemas', (_, t) =>
    Object.assign(t.Resources.Table ?? {}, { Type: 'AWS::DynamoDB::Tables' }),
  ),
  on('a reference to a missing resource', 'references', (_, t) => delete t.Resources.ChimeEventsDead),
  on('an unknown attribute of a queue', 'references', (r) =>
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
  on('a queue that accepts messages from any principal', 'onlyKnownSenders', (r) =>
    Object.assign(r.ChimeEventsPolicy?.PolicyDocument.Statement[0], { Principal: '*' }),
  ),
  on(
    'a queue that every account fills',
    'onlyKnownSenders',
    (r) => delete r.ChimeEventsPolicy?.PolicyDocument.Statement[0].Condition,
  ),
  on('a role of two functions', 'roleForEachFunction', (r) =>
    Object.assign(r[join] ?? {}, { Role: r.ReconcileLambdaFunction?.Role }),
  ),
  on(
    'a route without a token',
    'tokensAreRequired',
    (r) => delete r.HttpApiRoutePutMeetingsExternalmeetingidVar?.AuthorizationType,
  ),
  on('a health check that requires a token', 'tokensAreRequired', (r) =>
    Object.assign(r.HttpApiRouteGetHealth ?? {}, { AuthorizationType: 'JWT' }),
  ),
  on('an authorizer of another kind', 'tokensAreRequired', (r) =>
    Object.assign(r.HttpApiAuthorizerToken ?? {}, { AuthorizerType: 'REQUEST' }),
  ),
  on('an authorizer that accepts any audience', 'tokensAreChecked', (r) =>
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
  on('a limit for a missing route', 'routesAreThrottled', (r) =>
    Object.assign(r.HttpApiStage?.RouteSettings, { 'GET /gone': r.HttpApiStage?.DefaultRouteSettings }),
  ),
  on(
    'a stage that does not wait',
    'routesAreThrottled',
    (_, t) => delete t.Resources.HttpApiStage?.DependsOn,
  ),
  on('an access log with tokens', 'accessIsLogged', (r) =>
    Object.assign(r.HttpApiStage?.AccessLogSettings, { Format: '$context.authorizer.claims.sub' }),
  ),
  on('no access log', 'accessIsLogged', (r) => delete r.HttpApiStage?.AccessLogSettings),
  on('a function that is slower than the API', 'answersInTime', (r) =>
    Object.assign(r[join] ?? {}, { Timeout: 60 }),
  ),
  on(
    'a table without point-in-time recovery',
    'tableIsKept',
    (r) => delete r.Table?.PointInTimeRecoverySpecification,
  ),
  on('a table that can be deleted', 'tableIsKept', (r) =>
    Object.assign(r.Table ?? {}, { DeletionProtectionEnabled: false }),
  ),
  on(
    'a table that is deleted with the stack',
    'tableIsKept',
    (_, t) => delete t.Resources.Table?.DeletionPolicy,
  ),
  on('a table without expiry', 'tableScalesAndForgets', (r) => delete r.Table?.TimeToLiveSpecification),
  on('a table of fixed size', 'tableScalesAndForgets', (r) =>
    Object.assign(r.Table ?? {}, { BillingMode: 'PROVISIONED' }),
  ),
  on('an unencrypted table', 'storesAreEncrypted', (r) => delete r.Table?.SSESpecification),
  on('an unencrypted queue', 'storesAreEncrypted', (r) => delete r.ChimeEvents?.SqsManagedSseEnabled),
  on(
    'a public bucket',
    'storesAreEncrypted',
    (r) => delete r.ServerlessDeploymentBucket?.PublicAccessBlockConfiguration,
  ),
  on('a queue without a dead-letter queue', 'eventsAreKept', (r) => delete r.ChimeEvents?.RedrivePolicy),
  on(
    'a rule without dead letters',
    'eventsAreKept',
    (r) => delete r.ChimeEventsRule?.Targets[0].DeadLetterConfig,
  ),
  on(
    'a stream that forgets what fails',
    'eventsAreKept',
    (r) => delete r.PublishEventsEventSourceMappingDynamodbTable?.DestinationConfig,
  ),
  on(
    'a stream that retries until its changes are gone',
    'eventsAreKept',
    (r) => delete r.PublishEventsEventSourceMappingDynamodbTable?.MaximumRecordAgeInSeconds,
  ),
  on('webhooks that are sent once', 'eventsAreKept', (r) => delete r.Webhooks?.RedrivePolicy),
  on(
    'a batch that fails as a whole',
    'batchesAreProcessed',
    (r) => delete r.ChimeEventsEventSourceMappingSQSChimeEvents?.FunctionResponseTypes,
  ),
  on('a visibility timeout that is too short', 'batchesAreProcessed', (r) =>
    Object.assign(r.ChimeEvents ?? {}, { VisibilityTimeout: 30 }),
  ),
  on('a reservation below the maximum concurrency', 'batchesAreProcessed', (r) =>
    Object.assign(r.ChimeEventsLambdaFunction ?? {}, { ReservedConcurrentExecutions: 5 }),
  ),
  on('webhooks that use up all concurrency', 'batchesAreProcessed', (r) =>
    Object.assign(r.DeliverWebhooksEventSourceMappingSQSWebhooks ?? {}, { ScalingConfig: undefined }),
  ),
  on('a signing key', 'noSecrets', (r) =>
    Object.assign(r.DeliverWebhooksLambdaFunction?.Environment.Variables, {
      WEBHOOK_SIGNING: `whsec_${'A'.repeat(32)}`,
    }),
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
  on('dead letters without an alarm', 'failuresAreWatched', (_, t) => delete t.Resources.AlarmDeadLetters),
  on(
    'webhooks that die without an alarm',
    'failuresAreWatched',
    (_, t) => delete t.Resources.AlarmWebhooksDead,
  ),
  on('an alarm that treats missing data as good', 'silenceRaisesAlarm', (r) =>
    Object.assign(r.AlarmReconcilerStopped ?? {}, { TreatMissingData: 'missing' }),
  ),
  on('an alarm without an action', 'alarmsHaveActions', (r) =>
    Object.assign(r.AlarmSeatsShort ?? {}, { AlarmActions: [] }),
  ),
  on('a log without retention', 'logsEnd', (r) => delete r.HttpApiLogGroup?.RetentionInDays),
  on('a function without a log group', 'functionsHaveLogs', (_, t) => delete t.Resources.ReconcileLogGroup),
  on('an old runtime', 'functionsAreModern', (r) => Object.assign(r[join] ?? {}, { Runtime: 'nodejs18.x' })),
  on('a dashboard without alarms', 'alarmsAreShown', (_, t) => delete t.Resources.Dashboard),
  on('an alarm on a metric that is never written', 'metricsExist', (r) =>
    Object.assign(r.AlarmSeatsShort ?? {}, { MetricName: 'SeatsShort' }),
  ),
];

/** Rules by the names that the breaks call them by. */
export type Rules = Record<string, Rule>;
