/**
 * The HTTP API's own brake, route by route, well below the account's default of 10,000 requests a second:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html. What a crowd does at once has the whole
 * of it; what hosts and presenters do has far less, so that one lost token cannot take the table from the audience;
 * and what asks for no token has the least, for anybody can call it and every call is paid for.
 */
const AUDIENCE = ['joinMeeting', 'leaveMeeting', 'getMeeting', 'raiseHand', 'lowerHand', 'getPromotion'];

/** As Serverless names the resource of a route; the stage must wait for it, or it does not find the route. */
const idOf = ({ method, path }) => `HttpApiRoute${`${method} ${path}`.split('/').map(partOf).join('')}`;

/** @param {string} part */
function partOf(part) {
  const name = part
    .toLowerCase()
    .replace(/-/g, 'Dash')
    .replace(/\{(.*)\}/g, '$1Var')
    .replace(/[^0-9A-Za-z]/g, '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const keyOf = ({ method, path }) => `${method} ${path}`;
const classOf = (name, { authorizer }) => (AUDIENCE.includes(name) ? '' : authorizer ? 'Host' : 'Open');

module.exports = async ({ resolveVariable }) => {
  const limit = async (kind) => ({
    ThrottlingRateLimit: Number(await resolveVariable(`param:throttle${kind}Rate`)),
    ThrottlingBurstLimit: Number(await resolveVariable(`param:throttle${kind}Burst`)),
  });
  const limits = { '': await limit(''), Host: await limit('Host'), Open: await limit('Open') };
  const functions = Object.entries(await resolveVariable('self:functions'));
  const routes = functions.flatMap(([name, { events }]) =>
    events.flatMap(({ httpApi }) =>
      httpApi ? [{ route: httpApi, limit: limits[classOf(name, httpApi)] }] : [],
    ),
  );
  return {
    extensions: {
      HttpApiStage: {
        DependsOn: routes.map(({ route }) => idOf(route)),
        Properties: {
          DefaultRouteSettings: limits.Host,
          RouteSettings: Object.fromEntries(routes.map(({ route, limit }) => [keyOf(route), limit])),
        },
      },
    },
  };
};
