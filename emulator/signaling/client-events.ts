import * as z from 'zod';
import { jsonReply, type Reply, type Request } from '../messages.ts';

/** A client's report of itself: `meetingStartSucceeded`, `meetingReconnected`, `meetingEnded` and so on. */
export interface ClientEvent {
  name: string;
  [attribute: string]: unknown;
}

export const CLIENT_EVENTS_PATH = '/v1/client-events';

const MOST_KEPT = 1000;

/** A beacon also carries the token in `authorization`; only the events are read. */
const Report = z.object({
  events: z.array(z.object({ payloads: z.array(z.looseObject({ name: z.string() })) })),
});

/** Accepts a client's report, from a page of any origin. */
export function takeClientEvents(kept: ClientEvent[], request: Request): Reply {
  const headers = crossOrigin(request);
  if (request.method === 'OPTIONS') return { status: 204, headers, body: '' };
  const report = Report.safeParse(parsed(request.body));
  if (!report.success) return jsonReply(400, { error: z.prettifyError(report.error) }, headers);
  for (const { payloads } of report.data.events) kept.push(...payloads);
  kept.splice(0, kept.length - MOST_KEPT);
  return jsonReply(200, {}, headers);
}

/** Beacons are sent with credentials, for which `*` is not accepted. */
function crossOrigin({ headers }: Request): Record<string, string> {
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-allow-methods': 'POST',
    vary: 'origin',
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
