/**
 * The HTTP API's own throttle, well below the account's default of 10,000 requests a second:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html. The default limit of the stage holds for
 * each route that a request about one person comes by. It is high enough for a crowd, because AWS does not say whether
 * preflights (OPTIONS), which no route of ours answers, count against it. Two kinds of routes have less:
 *
 * 1. Routes where one request reads or changes many people (`Host`), so that one lost token of a host cannot take the
 *    table from the audience.
 * 2. Routes that ask for no token (`Open`): anybody can call them, and every call is paid for.
 *
 * They are few on purpose. A stage whose RouteSettings name a route that is gone cannot be updated ("Unable to find
 * Route by key"), so a release that removes a limited route fails, and so does the rollback of one that adds it:
 * docs/operations.md#a-deployment-fails-at-a-route.
 */
const MANY_PEOPLE = ['listAttendees', 'listHands', 'listBans', 'muteAll', 'provisionSeats'];

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
const classOf = (name, { authorizer }) => (authorizer ? MANY_PEOPLE.includes(name) && 'Host' : 'Open');

module.exports = async ({ resolveVariable }) => {
  const limit = async (kind) => ({
    ThrottlingRateLimit: Number(await resolveVariable(`param:throttle${kind}Rate`)),
    ThrottlingBurstLimit: Number(await resolveVariable(`param:throttle${kind}Burst`)),
  });
  const limits = { Host: await limit('Host'), Open: await limit('Open') };
  const functions = Object.entries(await resolveVariable('self:functions'));
  const routes = functions.flatMap(([name, { events }]) =>
    events.flatMap(({ httpApi }) => {
      const limit = httpApi && limits[classOf(name, httpApi)];
      return limit ? [{ route: httpApi, limit }] : [];
    }),
  );
  return {
    extensions: {
      HttpApiStage: {
        DependsOn: routes.map(({ route }) => idOf(route)),
        Properties: {
          DefaultRouteSettings: await limit(''),
          RouteSettings: Object.fromEntries(routes.map(({ route, limit }) => [keyOf(route), limit])),
        },
      },
    },
  };
};
