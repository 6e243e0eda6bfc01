import * as z from 'zod/mini';
import { type ChimeEvent, chimeEvent, MEETING_CHANGE, snsEnvelope } from '../contract/chime-event.ts';

/** Chime sends events about more than meetings: media pipelines, channels, phone calls. */
const fromChime = z.looseObject({ source: z.literal('aws.chime'), 'detail-type': z.string() });

/**
 * The Chime event in the body of a message: as EventBridge sends it, as Chime's own notifications do, or either of
 * them in the envelope of an SNS topic. Undefined for a Chime event that is not about a meeting. Throws for any
 * other message.
 */
export function eventIn(body: string): ChimeEvent | undefined {
  const message = unwrapped(JSON.parse(body));
  const event = chimeEvent.safeParse(message);
  if (event.success) return event.data.detail;
  if (isForeign(message)) return undefined;
  throw event.error;
}

function unwrapped(message: unknown): unknown {
  const envelope = snsEnvelope.safeParse(message);
  return envelope.success ? JSON.parse(envelope.data.Message) : message;
}

function isForeign(message: unknown): boolean {
  const spoken = fromChime.safeParse(message);
  return spoken.success && spoken.data['detail-type'] !== MEETING_CHANGE;
}
