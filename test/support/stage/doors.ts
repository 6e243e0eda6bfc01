import { join } from 'node:path';
import type { Operation } from '../../../lib/contract/operation.ts';
import { authenticateRoutes } from '../../../local/gateway.ts';
import type { Trust } from '../../../local/identity/verify-token.ts';
import { readService } from '../service.ts';

/** The handler of a route, as serverless.yml names it. */
async function handlerOf({ method, path }: Operation) {
  const functions = Object.values(readService().functions);
  const found = functions.find(({ events }) =>
    events.some(({ httpApi }) => httpApi && httpApi.method === method && httpApi.path === path),
  );
  const [file = '', exported = ''] = found?.handler.split('.') ?? [];
  return (await import(join(process.cwd(), `${file}.ts`)))[exported];
}

interface Coming {
  name: string;
  token: string | undefined;
  trust: Trust;
}

interface Shown {
  statusCode: number;
  body: string;
}

/** Put a request about vic through the local front door, and, if it is let in, to its handler. */
export async function enter(operation: Operation, { name, token, trust }: Coming): Promise<Shown> {
  const rawHeaders: string[] = [];
  const request = { headers: { authorization: token && `Bearer ${token}` }, raw: { req: { rawHeaders } } };
  const route = authenticateRoutes(trust)({ authorizer: !operation.open }, operation.operationId);
  const { authenticate } = route.getAuthenticateFunction({ ext: () => {}, events: { on: () => {} } });
  const shut = await authenticate(request as never, toolkit() as never);
  if (rawHeaders.length === 0) return { statusCode: (shut as Reply).status, body: (shut as Reply).source };
  return (await handlerOf(operation))(
    {
      headers: { 'content-type': 'application/json' },
      pathParameters: { externalMeetingId: name, externalUserId: 'vic', mediaRegion: 'eu-central-1' },
      requestContext: { authorizer: JSON.parse(rawHeaders[1] ?? '{}') },
      body: '{}',
    },
    { awsRequestId: 'request-1' },
  );
}

interface Reply {
  source: string;
  status: number;
}

/** As much of hapi's toolkit as the front door uses. */
function toolkit() {
  const reply = {
    source: '',
    status: 200,
    header: () => reply,
    takeover: () => reply,
    code: (status: number) => Object.assign(reply, { status }),
  };
  return { response: () => reply, authenticated: () => reply };
}
