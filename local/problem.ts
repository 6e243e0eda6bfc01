import { randomUUID } from 'node:crypto';
import { problemReply, type Reply } from '../lib/http/reply.ts';
import { Refusal, type RefusalCode } from '../lib/refusals.ts';

/** The response of a gateway that refuses a request before any handler. */
export function refuse(code: RefusalCode): Reply {
  return problemReply(new Refusal(code), randomUUID());
}

/** The response for a status that the HTTP server chose by itself; an unknown path is 404. */
export function refuseWithStatus(status: number): Reply {
  if (status === 404) return nowhere();
  if (status === 413) return refuse('PAYLOAD_TOO_LARGE');
  return refuse(status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}

/** The only response outside the contract: deployed, API Gateway gives it without calling the service. */
function nowhere(): Reply {
  const template = refuse('MEETING_NOT_FOUND');
  const words = {
    type: '/problems/not-found',
    title: 'Not found',
    detail: 'No route has this method and path.',
    code: 'NOT_FOUND',
  };
  return { ...template, body: JSON.stringify({ ...JSON.parse(template.body ?? '{}'), ...words }) };
}
