import { complain, ofType, type Rule, referred } from './template.ts';

const OPEN = ['GET /health', 'GET /openapi.json'];

/** What an access log may tell: nothing that a caller sends but the route, nothing of a token, nothing of a name. */
const TOLD = [
  'requestId',
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
export const tokensAreAskedFor: Rule = (template) => {
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

/** Each route has a limit of its own, and the stage waits for the routes that it limits. */
export const routesAreThrottled: Rule = (template) => {
  const stages = ofType(template, 'AWS::ApiGatewayV2::Stage');
  return ofType(template, 'AWS::ApiGatewayV2::Route').flatMap(([id, { Properties }]) =>
    complain(
      stages,
      (stage) => {
        const limit = stage.Properties.RouteSettings?.[Properties.RouteKey];
        const isLimited = limit?.ThrottlingRateLimit > 0 && limit.ThrottlingBurstLimit > 0;
        return isLimited && [stage.DependsOn].flat().includes(id);
      },
      `does not limit ${id}`,
    ),
  );
};

export const accessIsLogged: Rule = (template) =>
  complain(
    ofType(template, 'AWS::ApiGatewayV2::Stage'),
    ({ Properties: { AccessLogSettings: log } }) => {
      const told = [...(log?.Format ?? '').matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
      return told.length > 0 && told.every((name) => TOLD.includes(name));
    },
    'logs no access, or more than it should',
  );

/** API Gateway gives up after 30 seconds: whoever it asks must have answered before. */
export const answersInTime: Rule = (template) => {
  const asked = ofType(template, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) =>
    referred(Properties.IntegrationUri),
  );
  const functions = ofType(template, 'AWS::Lambda::Function').filter(([id]) => asked.includes(id));
  return complain(functions, ({ Properties }) => Properties.Timeout < 30, 'outlasts its caller');
};
