import { isBrokenPath } from '../lib/http/incoming.ts';
import type { Reply } from '../lib/http/reply.ts';
import { type Authorizer, type Trust, verifyToken } from './identity/verify-token.ts';
import { refuse, refuseWithStatus } from './problem.ts';
import { turns } from './turns.ts';

/** serverless-offline reads the authorizer from this header. It is removed from clients' requests. */
const AUTHORIZER_HEADER = 'sls-offline-authorizer-override';

/** serverless-offline's route for requests that match no other. */
const NO_ROUTE = '/{p*}';

/** The subset of hapi, serverless-offline's HTTP server, that we use. */
interface HapiServer {
  ext: (event: string, method: (request: HapiRequest, h: Toolkit) => unknown) => void;
  events: { on: (event: 'response', listener: (request: HapiRequest) => void) => void };
}

interface HapiRequest {
  setUrl: (url: string) => void;
  headers: Record<string, string | undefined>;
  raw: { req: { url: string; rawHeaders: string[] } };
  route: { path: string };
  response: HapiResponse & {
    isBoom?: boolean;
    output: { statusCode: number; payload: unknown; headers: object };
  };
}

interface HapiResponse {
  source: unknown;
  statusCode: number;
  header: (name: string, value: string) => HapiResponse;
  code: (status: number) => HapiResponse;
  takeover: () => HapiResponse;
}

interface Toolkit {
  continue: symbol;
  response: (body: unknown) => HapiResponse;
  authenticated: (found: { credentials: object }) => unknown;
}

/**
 * Adds what serverless-offline lacks of API Gateway. Tokens are verified before a handler runs, claims have API Gateway's
 * format, and responses that no handler gives are problem documents.
 */
export function authenticateRoutes(trust: Trust) {
  const prepared = new WeakSet<HapiServer>();
  return (endpoint: { authorizer?: unknown }, ...route: string[]) => {
    const name = route.join(' ');
    const getAuthenticateFunction = (server: HapiServer) => {
      if (!prepared.has(server)) prepare(server);
      prepared.add(server);
      return { authenticate: endpoint.authorizer ? requireToken(trust) : admitAnyone };
    };
    return { name, scheme: name, getAuthenticateFunction };
  };
}

/**
 * Matches paths as API Gateway does. It decodes `%2F` before it matches routes (https://github.com/honojs/hono/issues/2156),
 * and no route matches an empty segment. hapi would keep `%2F`, and ignore a trailing slash.
 */
function prepare(server: HapiServer) {
  takeTurns(server);
  server.ext('onRequest', (request, h) => {
    dropAuthorizer(request.raw.req.rawHeaders);
    const [path = '', ...query] = request.raw.req.url.split('?');
    const decoded = path.replace(/%2f/gi, '/');
    if (isBrokenPath(decoded)) return replace(h.response(''), refuseWithStatus(404)).takeover();
    if (decoded !== path) request.setUrl([decoded, ...query].join('?'));
    return h.continue;
  });
  server.ext('onPreResponse', (request, h) => {
    explain(request);
    return h.continue;
  });
}

/**
 * In Lambda a container works on one request at a time. Here all share one process, so more requests at once are not faster: on a
 * busy machine all of them would run into their functions' timeout, the one that opens a replica too, and nobody would be seated.
 */
const AT_ONCE = 8;

/** Runs at most so many handlers at once. The others wait for their turn before the time of their function begins. */
function takeTurns(server: HapiServer) {
  const { enter, leave } = turns(AT_ONCE);
  const [inside, over] = [new WeakSet<HapiRequest>(), new WeakSet<HapiRequest>()];
  server.ext('onPreHandler', async (request, h) => {
    await enter();
    if (over.has(request))
      leave(); // its client left meanwhile
    else inside.add(request);
    return h.continue;
  });
  server.events.on('response', (request) => {
    over.add(request);
    if (inside.delete(request)) leave();
  });
}

function requireToken(trust: Trust) {
  return async (request: HapiRequest, h: Toolkit) => {
    try {
      return admit(request, h, await verifyToken(request.headers.authorization, trust));
    } catch {
      return replace(h.response(''), refuse('UNAUTHENTICATED')).takeover();
    }
  };
}

function admitAnyone(request: HapiRequest, h: Toolkit) {
  return admit(request, h, {});
}

function admit(request: HapiRequest, h: Toolkit, authorizer: Authorizer | object) {
  request.raw.req.rawHeaders.push(AUTHORIZER_HEADER, JSON.stringify(authorizer));
  return h.authenticated({ credentials: {} });
}

function dropAuthorizer(rawHeaders: string[]) {
  for (let at = rawHeaders.length - 2; at >= 0; at -= 2) {
    if (rawHeaders[at]?.toLowerCase() === AUTHORIZER_HEADER) rawHeaders.splice(at, 2);
  }
}

/** Replaces a response that no handler gave by a problem document; its other headers stay. */
function explain({ route, response }: HapiRequest) {
  if (response.isBoom) {
    const { output } = response;
    const { headers, body } = refuseWithStatus(output.statusCode);
    Object.assign(output, { payload: body, headers: { ...output.headers, ...headers } });
  } else if (route.path === NO_ROUTE && response.statusCode === 404) replace(response, refuseWithStatus(404));
  else if (isCrash(response)) replace(response, refuse('INTERNAL'));
}

function replace(response: HapiResponse, { statusCode, headers, body }: Reply): HapiResponse {
  response.source = body;
  for (const [name, value] of Object.entries(headers)) response.header(name, value);
  return response.code(statusCode);
}

/** Whether a handler threw or could not be loaded: serverless-offline then answers 200 with this body. */
function isCrash({ source }: HapiResponse): boolean {
  return typeof source === 'string' && source.startsWith('{"errorMessage":');
}
