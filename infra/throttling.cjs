/**
 * The HTTP API's own rate limit, well below the account's default of 10,000 requests per second:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html. The stage's default limit applies to each route
 * for requests about one person. It is high enough for a crowd, because AWS does not say whether preflights (OPTIONS), which
 * have no route here, count against it. Two kinds of routes have a lower limit:
 *
 * 1. Routes where one request reads or changes many people or meetings (`Host`), so that one leaked host token cannot exhaust the table.
 * 2. Routes without a token (`Open`): any client can call them, and every call is billed.
 *
 * The limited routes are few on purpose. A stage whose RouteSettings name a removed route cannot be updated ("Unable to find
 * Route by key"). So a release that removes a limited route fails, and so does the rollback of one that adds it:
 * docs/operations.md#a-deployment-fails-at-a-route.
 */
const MANY_PEOPLE = [
  'listAttendees',
  'listAttendance',
  'getUsage',
  'listHands',
  'listBans',
  'listMeetings',
  'muteAll',
  'provisionSeats',
];

/** Serverless's name of a route's resource. The stage must wait for that resource, or it does not find the route. */
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
