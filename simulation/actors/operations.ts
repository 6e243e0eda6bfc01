import type { Answer, RequestContext, Role } from '../../lib/context.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { leaveMeeting } from '../../lib/flows/join/leave-meeting.ts';
import { setCaptions, stopCaptions } from '../../lib/flows/meeting/captions.ts';
import { createMeeting } from '../../lib/flows/meeting/create.ts';
import { closeCurtain, openCurtain } from '../../lib/flows/meeting/curtain.ts';
import { drainByOperator } from '../../lib/flows/meeting/drain-by-operator.ts';
import { drainRegion, liftDrain } from '../../lib/flows/meeting/drain-region.ts';
import { endMeeting } from '../../lib/flows/meeting/end.ts';
import { getMeeting } from '../../lib/flows/meeting/get.ts';
import { listMeetings } from '../../lib/flows/meeting/list.ts';
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

/** One request of a person: the operation, and the person whom it is about. */
export interface Operation {
  /** The meeting that the request is about. */
  name: string;
  who: string;
  role: Role;
  verb: Verb;
  whom: string;
  body: object;
}

/** The result of a request, as its client sees it. `died`: the function crashed, and the client got no response. */
export type Outcome =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'refused'; code: string; retryAfterMs: number | undefined }
  | { kind: 'failed'; error: unknown }
  | { kind: 'died' };

const FLOWS = {
  create: ({ id, body }, context) => createMeeting({ ...id, body } as never, context),
  join: ({ id, body }, context) => joinMeeting({ ...id, body } as never, context),
  leave: ({ id, body }, context) => leaveMeeting({ ...id, body }, context),
  goLive: ({ id }, context) => openCurtain(id, context),
  endLive: ({ id }, context) => closeCurtain(id, context),
  caption: ({ id, body }, context) => setCaptions({ ...id, body: body as never }, context),
  stopCaptions: ({ id }, context) => stopCaptions(id, context),
  see: ({ id }, context) => getMeeting({ ...id, stage: false, clientEvents: false }, context),
  list: ({ body }, context) => listMeetings(body as never, context),
  raise: ({ id }, context) => raiseHand(id, context),
  lower: ({ id }, context) => lowerHand(id, context),
  promotion: ({ id }, context) => getPromotion(id, context),
  promote: ({ about }, context) => grantPromotion({ ...about, body: {} }, context),
  demote: ({ about }, context) => revokePromotion(about, context),
  remove: ({ about }, context) => removeAttendee({ ...about, ban: false }, context),
  ban: ({ about }, context) => removeAttendee({ ...about, ban: true }, context),
  unban: ({ about }, context) => liftBan(about, context),
  end: ({ id }, context) => endMeeting(id, context),
  reopen: ({ id }, context) => reopenMeeting(id, context),
  mute: ({ id }, context) => muteAll(id, context),
  patch: ({ about, body }, context) => updateAttendee({ ...about, body: body as never }, context),
  drain: ({ id, body }, context) =>
    drainRegion({ ...id, ...(body as Where), body: { evacuate: false } }, context),
  evacuate: ({ id, body }, context) =>
    drainRegion({ ...id, ...(body as Where), body: { evacuate: true } }, context),
  operate: async ({ id, body }, context) => {
    const outcome = await drainByOperator({ ...id, ...(body as Where), evacuate: true }, context.now);
    return { status: 200, body: { outcome } };
  },
  lift: ({ id, body }, context) => liftDrain({ ...id, ...(body as Where) }, context),
  provision: ({ id, body }, context) => provisionSeats({ ...id, body: body as never }, context),
} satisfies Record<string, (asked: Asked, context: RequestContext) => Promise<Answer>>;

/** The body of an operation about a drain. */
interface Where {
  mediaRegion: MediaRegion;
}

interface Asked {
  id: { externalMeetingId: string };
  about: { externalMeetingId: string; externalUserId: string };
  body: object;
}

/** Runs the flow of the operation, as the handler shell would. */
export async function ask({ name, verb, whom, body }: Operation, context: RequestContext): Promise<Outcome> {
  const id = { externalMeetingId: name };
  const about = { ...id, externalUserId: whom };
  try {
    return { kind: 'answered', answer: await FLOWS[verb]({ id, about, body }, context) };
  } catch (error) {
    if (error instanceof Refusal)
      return { kind: 'refused', code: error.code, retryAfterMs: error.retryAfterMs };
    return { kind: 'failed', error };
  }
}
