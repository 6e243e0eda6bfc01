import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Ask, Member, Reply } from './ask.ts';
import type { AudienceName } from './audiences.ts';

/** A seat that a viewer was given, as the load generator remembers it: without the join token. */
export interface HeldSeat {
  meetingId: string;
  mediaRegion: MediaRegion;
  rttMs: number;
}

/** A simulated viewer. */
export interface Viewer extends Member {
  audience: AudienceName;
  index: number;
  home: MediaRegion;
  seat?: HeldSeat;
  /** The viewer held a seat once, which is still reserved for this viewer. */
  wasSeated: boolean;
  handIsUp: boolean;
  /** The viewer's next step is scheduled. */
  isDue: boolean;
}

/** The result of a step: settled, or to be retried after a time because of a refusal. */
export type Outcome = 'settled' | { againAfterMs: number; refusal?: string };

const ONE_HAND_IN = 250;
const FIRST_HAND = 30;
const NO_ANSWER_MS = 1000;
const REFUSED_MS = 5000;

export function newViewer(audience: AudienceName, index: number, home: MediaRegion): Viewer {
  const sub = `${audience}-${String(index + 1).padStart(5, '0')}`;
  const before = { wasSeated: false, handIsUp: false, isDue: false };
  return { sub, role: 'viewer', audience, index, home, ...before };
}

/**
 * Joins as a simple client does: if told to wait, it retries after the given time. One viewer in 250 then raises a
 * hand.
 */
export async function join(viewer: Viewer, ask: Ask): Promise<Outcome> {
  const reply = await ask(viewer, 'POST /join', { mediaRegion: viewer.home });
  if (reply.status !== 200) return retryOrRefusal(reply);
  const { Meeting, placement } = reply.body;
  viewer.seat = { meetingId: Meeting.MeetingId, mediaRegion: placement.mediaRegion, rttMs: placement.rttMs };
  viewer.wasSeated = true;
  if (viewer.index % ONE_HAND_IN === FIRST_HAND && !viewer.handIsUp) {
    viewer.handIsUp = (await ask(viewer, 'PUT /hand')).status === 204;
  }
  return 'settled';
}

/** Leaves the meeting and lowers the hand. */
export async function leave(viewer: Viewer, ask: Ask): Promise<Outcome> {
  if (viewer.handIsUp) viewer.handIsUp = (await ask(viewer, 'DELETE /hand')).status !== 204;
  const reply = await ask(viewer, 'POST /leave');
  if (reply.status !== 204) return retryOrRefusal(reply);
  delete viewer.seat;
  return 'settled';
}

function retryOrRefusal({ status, body, retryAfterMs }: Reply): Outcome {
  if (status === 202) return { againAfterMs: retryAfterMs ?? NO_ANSWER_MS };
  if (status === 0) return { againAfterMs: NO_ANSWER_MS, refusal: 'NO_ANSWER' };
  return { againAfterMs: retryAfterMs ?? REFUSED_MS, refusal: body?.code ?? String(status) };
}
