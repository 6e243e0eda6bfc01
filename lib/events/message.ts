import * as z from 'zod/mini';
import { type ChimeEvent, chimeEvent, MEETING_CHANGE, snsEnvelope } from '../contract/chime-event.ts';

/** Chime speaks of more than meetings: media pipelines, channels, phone calls. */
const fromChime = z.looseObject({ source: z.literal('aws.chime'), 'detail-type': z.string() });

/**
 * The event in a message's body: as EventBridge carries it, as Chime's own notifications do, or either of them
 * inside what an SNS topic puts around it. Undefined for what Chime says of something else than a meeting; throws
 * on anything that is not Chime's.
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
