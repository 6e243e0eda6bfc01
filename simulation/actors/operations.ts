import type { Answer, Call, Role } from '../../lib/call.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { leaveMeeting } from '../../lib/flows/join/leave-meeting.ts';
import { createMeeting } from '../../lib/flows/meeting/create.ts';
import { endMeeting } from '../../lib/flows/meeting/end.ts';
import { getMeeting } from '../../lib/flows/meeting/get.ts';
import { reopenMeeting } from '../../lib/flows/meeting/reopen.ts';
import { provisionSeats } from '../../lib/flows/opening/provision-seats.ts';
import { liftBan } from '../../lib/flows/people/lift-ban.ts';
import { removeAttendee } from '../../lib/flows/people/remove-attendee.ts';
import { getPromotion } from '../../lib/flows/stage/get-promotion.ts';
import { grantPromotion } from '../../lib/flows/stage/grant-promotion.ts';
import { lowerHand } from '../../lib/flows/stage/lower-hand.ts';
import { muteAll } from '../../lib/flows/stage/mute-all.ts';
import { raiseHand } from '../../lib/flows/stage/raise-hand.ts';
import { revokePromotion } from '../../lib/flows/stage/revoke-promotion.ts';
import { updateAttendee } from '../../lib/flows/stage/update-attendee.ts';
import { Refusal } from '../../lib/refusals.ts';

export type Verb = keyof typeof FLOWS;

/** One request of somebody's: what they want, of whom. */
export interface Wish {
  /** The meeting that it is about. */
  name: string;
  who: string;
  role: Role;
  verb: Verb;
  whom: string;
  body: object;
}

/** How a request went, as its client sees it. `died`: the function crashed, and the client was told nothing. */
export type Outcome =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'refused'; code: string; retryAfterMs: number | undefined }
  | { kind: 'failed'; error: unknown }
  | { kind: 'died' };

const FLOWS = {
  create: ({ id, body }, call) => createMeeting({ ...id, body } as never, call),
  join: ({ id, body }, call) => joinMeeting({ ...id, body } as never, call),
  leave: ({ id }, call) => leaveMeeting({ ...id, body: {} }, call),
  see: ({ id }, call) => getMeeting({ ...id, stage: false }, call),
  raise: ({ id }, call) => raiseHand(id, call),
  lower: ({ id }, call) => lowerHand(id, call),
  promotion: ({ id }, call) => getPromotion(id, call),
  promote: ({ about }, call) => grantPromotion({ ...about, body: {} }, call),
  demote: ({ about }, call) => revokePromotion(about, call),
  remove: ({ about }, call) => removeAttendee({ ...about, ban: false }, call),
  ban: ({ about }, call) => removeAttendee({ ...about, ban: true }, call),
  unban: ({ about }, call) => liftBan(about, call),
  end: ({ id }, call) => endMeeting(id, call),
  reopen: ({ id }, call) => reopenMeeting(id, call),
  mute: ({ id }, call) => muteAll(id, call),
  patch: ({ about, body }, call) => updateAttendee({ ...about, body: body as never }, call),
  provision: ({ id, body }, call) => provisionSeats({ ...id, body: body as never }, call),
} satisfies Record<string, (asked: Asked, call: Call) => Promise<Answer>>;

interface Asked {
  id: { externalMeetingId: string };
  about: { externalMeetingId: string; externalUserId: string };
  body: object;
}

/** Ask one flow for it, as the handler shell would. */
export async function ask({ name, verb, whom, body }: Wish, call: Call): Promise<Outcome> {
  const id = { externalMeetingId: name };
  const about = { ...id, externalUserId: whom };
  try {
    return { kind: 'answered', answer: await FLOWS[verb]({ id, about, body }, call) };
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'refused', code: error.code, retryAfterMs: error.retryAfterMs };
    return { kind: 'failed', error };
  }
}
