import { randomUUID } from 'node:crypto';
import type { Answer, RequestContext, Role } from '../../lib/context.ts';
import { operations } from '../../lib/contract.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { joinMeeting } from '../../lib/flows/join/join-meeting.ts';
import { leaveMeeting } from '../../lib/flows/join/leave-meeting.ts';
import { eraseAttendance } from '../../lib/flows/ledger/erase-attendance.ts';
import { getUsage } from '../../lib/flows/ledger/get-usage.ts';
import { listAttendance } from '../../lib/flows/ledger/list-attendance.ts';
import { setCaptions, stopCaptions } from '../../lib/flows/meeting/captions.ts';
import { createMeeting } from '../../lib/flows/meeting/create.ts';
import { closeCurtain, openCurtain } from '../../lib/flows/meeting/curtain.ts';
import { drainRegion, liftDrain } from '../../lib/flows/meeting/drain-region.ts';
import { endMeeting } from '../../lib/flows/meeting/end.ts';
import { getMeeting } from '../../lib/flows/meeting/get.ts';
import { listMeetings } from '../../lib/flows/meeting/list.ts';
import { reopenMeeting } from '../../lib/flows/meeting/reopen.ts';
import { provisionSeats } from '../../lib/flows/opening/provision-seats.ts';
import { getAttendee } from '../../lib/flows/people/get-attendee.ts';
import { liftBan } from '../../lib/flows/people/lift-ban.ts';
import { listAttendees } from '../../lib/flows/people/list-attendees.ts';
import { listBans } from '../../lib/flows/people/list-bans.ts';
import { removeAttendee } from '../../lib/flows/people/remove-attendee.ts';
import { reportClientEvents } from '../../lib/flows/people/report-client-events.ts';
import { getPromotion } from '../../lib/flows/stage/get-promotion.ts';
import { grantPromotion } from '../../lib/flows/stage/grant-promotion.ts';
import { listHands } from '../../lib/flows/stage/list-hands.ts';
import { lowerHand } from '../../lib/flows/stage/lower-hand.ts';
import { lowerHandOf } from '../../lib/flows/stage/lower-hand-of.ts';
import { muteAll } from '../../lib/flows/stage/mute-all.ts';
import { raiseHand } from '../../lib/flows/stage/raise-hand.ts';
import { revokePromotion } from '../../lib/flows/stage/revoke-promotion.ts';
import { updateAttendee } from '../../lib/flows/stage/update-attendee.ts';
import { Refusal } from '../../lib/refusals.ts';
import type { JoinedBody } from '../../simulation/joined-body.ts';
import { chance } from './random/chance.ts';
import { clock } from './skipping-clock.ts';

export interface PersonOptions {
  role?: Role;
  /** Added to the clock, in milliseconds, for a later request. */
  later?: number;
  random?: () => number;
  location?: RequestContext['location'];
  /** Called instead of waiting. */
  pause?: RequestContext['pause'];
}

/** A request of this person, as the handler shell would hand it to a flow. */
export function callOf(externalUserId: string, options: PersonOptions = {}): RequestContext {
  const { role = 'viewer', random = chance.next, location = {}, pause = clock.pause } = options;
  const now = () => clock.now() + (options.later ?? 0);
  return { caller: { externalUserId, role }, requestId: randomUUID(), location, now, random, pause };
}

/** A person who sends requests about one meeting, through the flows, to DynamoDB and Chime over HTTP. */
export function person(externalMeetingId: string, externalUserId: string, options: PersonOptions = {}) {
  const call = () => callOf(externalUserId, options);
  const id = { externalMeetingId };
  const join = (body: object = {}) =>
    joinMeeting({ ...id, body: operations.joinMeeting.body.parse(body) }, call());
  return {
    join,
    create: (body: object = {}) =>
      createMeeting({ ...id, body: operations.createMeeting.body.parse(body) }, call()),
    get: ({ stage = false, clientEvents = false } = {}) => getMeeting({ ...id, stage, clientEvents }, call()),
    listMeetings: (query: { status?: string; limit?: number; cursor?: string } = {}) =>
      listMeetings(operations.listMeetings.query.parse(query), call()),
    end: () => endMeeting(id, call()),
    reopen: () => reopenMeeting(id, call()),
    goLive: () => openCurtain(id, call()),
    endLive: () => closeCurtain(id, call()),
    setCaptions: (body: object) =>
      setCaptions({ ...id, body: operations.setCaptions.body.parse(body) }, call()),
    stopCaptions: () => stopCaptions(id, call()),
    leave: (body: { sessionId?: string } = {}) => leaveMeeting({ ...id, body }, call()),
    report: (sessionId: string, ...events: object[]) =>
      reportClientEvents(
        { ...id, body: operations.reportClientEvents.body.parse({ sessionId, events }) },
        call(),
      ),
    list: (query: { limit?: number; cursor?: string } = {}) =>
      listAttendees({ ...id, limit: 50, ...query }, call()),
    see: (whom: string, explain = false) => getAttendee({ ...id, externalUserId: whom, explain }, call()),
    /** Joins as a client does: retries when told to wait. */
    seat: (body: object = {}) => untilJoined(() => join(body)),
    /** With `accept`, as a request that names that media type. */
    attendance: (query: PageQuery & { life?: string } = {}, accept?: string) =>
      listAttendance({ ...id, limit: 100, ...query }, { ...call(), accept }),
    eraseAttendance: (whom: string) => eraseAttendance({ ...id, externalUserId: whom }, call()),
    usage: (query: { life?: string } = {}) => getUsage({ ...id, ...query }, call()),
    ...stageVerbs(id, call),
  };
}

interface PageQuery {
  limit?: number;
  cursor?: string;
}

/** Requests about hands, promotions, removals, bans and capabilities. */
function stageVerbs(id: { externalMeetingId: string }, call: () => RequestContext) {
  const about = (whom: string) => ({ ...id, externalUserId: whom });
  return {
    raise: () => raiseHand(id, call()),
    lower: () => lowerHand(id, call()),
    lowerOf: (whom: string) => lowerHandOf(about(whom), call()),
    hands: (query: PageQuery = {}) => listHands({ ...id, limit: 50, ...query }, call()),
    promote: (whom: string, body: object = {}) =>
      grantPromotion({ ...about(whom), body: operations.grantPromotion.body.parse(body) }, call()),
    promotion: () => getPromotion(id, call()),
    demote: (whom: string) => revokePromotion(about(whom), call()),
    remove: (whom: string, { ban = false } = {}) => removeAttendee({ ...about(whom), ban }, call()),
    bans: (query: PageQuery = {}) => listBans({ ...id, limit: 50, ...query }, call()),
    unban: (whom: string) => liftBan(about(whom), call()),
    capabilities: (whom: string, capabilities: object) =>
      updateAttendee(
        { ...about(whom), body: operations.updateAttendee.body.parse({ capabilities }) },
        call(),
      ),
    muteAll: () => muteAll(id, call()),
    drain: (mediaRegion: MediaRegion, body: object = {}) =>
      drainRegion({ ...id, mediaRegion, body: operations.drainRegion.body.parse(body) }, call()),
    liftDrain: (mediaRegion: MediaRegion) => liftDrain({ ...id, mediaRegion }, call()),
    provision: (seats: object) =>
      provisionSeats({ ...id, body: operations.provisionSeats.body.parse({ seats }) }, call()),
  };
}

/** Retries while the answer is `waiting`, after the pause that it names. */
export async function untilJoined(join: () => Promise<Answer>): Promise<JoinedBody> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await join();
    if (answer.status === 200) return answer.body as JoinedBody;
    await clock.pause(Math.min(answer.retryAfterMs ?? 100, 1000));
  }
  throw new Error('still waiting after 100 tries');
}

/** The code that a request is refused with; a request that is not refused fails the test. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const answer = await asked.then(
    (value) => ({ value }),
    (error: unknown) => error,
  );
  if (answer instanceof Refusal) return answer.code;
  throw new Error('was not refused', { cause: answer });
}

/** A meeting id that no other test uses. */
export function uniqueMeetingId(): string {
  return `meeting-${chance.hex(13)}`;
}
