import { complain, ofType, type Rule, referred } from './template.ts';

const OPEN = ['GET /health', 'GET /openapi.json'];

/** What an access log may tell: nothing that a caller sends but the route, nothing of a token, nothing of a name. */
const TOLD = [
  'requestId',
  'integration.requestId',
  'requestTimeEpoch',
  'routeKey',
  'status',
  'error.responseType',
  'integrationStatus',
  'responseLatency',
  'integrationLatency',
  'responseLength',
  'identity.sourceIp',
];

/** Every route but two asks for a token, and API Gateway itself looks at it. */
export const tokensAreRequired: Rule = (template) => {
  const isJwt = (id?: string) =>
    id !== undefined && template.Resources[id]?.Properties.AuthorizerType === 'JWT';
  return complain(
    ofType(template, 'AWS::ApiGatewayV2::Route'),
    ({ Properties }) =>
      OPEN.includes(Properties.RouteKey)
        ? Properties.AuthorizationType === undefined
        : Properties.AuthorizationType === 'JWT' && isJwt(referred(Properties.AuthorizerId)),
    'is open to the wrong people',
  );
};

export const tokensAreChecked: Rule = (template) =>
  complain(
    ofType(template, 'AWS::ApiGatewayV2::Authorizer'),
    ({ Properties: { JwtConfiguration: jwt } }) =>
      jwt?.Issuer?.startsWith('https://') && jwt.Audience?.length,
    'trusts any issuer or audience',
  );

export const noCredentialsForAll: Rule = (template) =>
  complain(
    ofType(template, 'AWS::ApiGatewayV2::Api'),
    ({ Properties: { CorsConfiguration: cors } }) =>
      cors && !(cors.AllowCredentials && cors.AllowOrigins.some((origin: string) => origin.includes('*'))),
    'lends its callers cookies to pages of every origin',
  );

interface Limit {
  ThrottlingRateLimit: number;
  ThrottlingBurstLimit: number;
}

/** More settings of single routes are a risk to updates and rollbacks, and a decision: infra/throttling.cjs. */
const MOST_ROUTE_SETTINGS = 10;

/**
 * The stage has a limit for every route, a lower one for those that ask for no token, few settings of single routes,
 * and waits for the routes that these name.
 */
export const routesAreThrottled: Rule = (template) => {
  const idOf = new Map(
    ofType(template, 'AWS::ApiGatewayV2::Route').map(([id, { Properties }]) => [Properties.RouteKey, id]),
  );
  return complain(
    ofType(template, 'AWS::ApiGatewayV2::Stage'),
    ({ DependsOn, Properties: { DefaultRouteSettings: usual, RouteSettings = {} } }) => {
      const named: [string, Limit][] = Object.entries(RouteSettings);
      const isLower = (limit?: Limit) => limit && limit.ThrottlingRateLimit < usual.ThrottlingRateLimit;
      return (
        [usual, ...named.map(([, limit]) => limit)].every(isLimit) &&
        OPEN.every((key) => isLower(RouteSettings[key])) &&
        named.length <= MOST_ROUTE_SETTINGS &&
        named.every(([key]) => [DependsOn].flat().includes(idOf.get(key)))
      );
    },
    'lets too much in, or cannot be updated',
  );
};

const isLimit = (limit?: Limit) => limit && limit.ThrottlingRateLimit > 0 && limit.ThrottlingBurstLimit > 0;

export const accessIsLogged: Rule = (template) =>
  complain(
    ofType(template, 'AWS::ApiGatewayV2::Stage'),
    ({ Properties: { AccessLogSettings: log } }) => {
      const told = [...(log?.Format ?? '').matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
      return told.length > 0 && told.every((name) => TOLD.includes(name));
    },
    'logs no access, or more than it should',
  );

/** API Gateway times out after 30 seconds, so every function behind it must respond earlier. */
export const answersInTime: Rule = (template) => {
  const asked = ofType(template, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) =>
    referred(Properties.IntegrationUri),
  );
  const functions = ofType(template, 'AWS::Lambda::Function').filter(([id]) => asked.includes(id));
  return complain(functions, ({ Properties }) => Properties.Timeout < 30, 'outlasts API Gateway');
};
