import { randomUUID } from 'node:crypto';
import { problemReply, type Reply } from '../lib/http/reply.ts';
import { Refusal, type RefusalCode } from '../lib/refusals.ts';

/** The answer of a gateway that let nothing through to a handler. */
export function refuse(code: RefusalCode): Reply {
  return problemReply(new Refusal(code), randomUUID());
}

/** The answer for a status that the HTTP server chose by itself; a path that leads nowhere is 404. */
export function refuseWithStatus(status: number): Reply {
  if (status === 404) return nowhere();
  if (status === 413) return refuse('PAYLOAD_TOO_LARGE');
  return refuse(status < 500 ? 'BAD_REQUEST' : 'INTERNAL');
}

/** The only answer that is not in the contract: deployed, API Gateway gives it without asking us. */
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
