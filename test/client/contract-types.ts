import type * as z from 'zod/mini';
import type * as client from '../../client/balcony.ts';
import type { operations } from '../../lib/contract.ts';
import type { RefusalCode } from '../../lib/refusals.ts';

/*
 * The client's types are written by hand, so that they can be read and need no path into this repository. `npm run types` fails
 * here if one of them differs from the contract of the service.
 */

type Operations = typeof operations;
type Body<Name extends keyof Operations> = Operations[Name] extends {
  body: infer Schema extends z.ZodMiniType;
}
  ? z.input<Schema>
  : never;
type Answer<Name extends keyof Operations, Status extends keyof Operations[Name]['answers']> = z.output<
  Operations[Name]['answers'][Status]
>;

/** `true` if each type can be assigned to the other, with each member as optional as there. */
type Same<One, Other> = [One, Required<One>] extends [Other, Required<Other>]
  ? [Other, Required<Other>] extends [One, Required<One>]
    ? keyof One extends keyof Other
      ? keyof Other extends keyof One
        ? true
        : never
      : never
    : never
  : never;

export const requests: [
  Same<client.JoinBody, Body<'joinMeeting'>>,
  Same<client.MeetingOptions, Body<'createMeeting'>>,
  Same<client.Capabilities, NonNullable<Body<'joinMeeting'>['capabilities']>>,
  Same<Partial<client.Capabilities>, Body<'updateAttendee'>['capabilities']>,
  Same<{ capabilities?: client.Capabilities }, Body<'grantPromotion'>>,
  Same<{ seats: client.Seats }, Body<'provisionSeats'>>,
  Same<{ sessionId?: string }, Body<'leaveMeeting'>>,
  Same<client.ClientEvent, Body<'reportClientEvents'>['events'][number]>,
  Same<client.CaptionSettings, Body<'setCaptions'>>,
] = [true, true, true, true, true, true, true, true, true];

export const answers: [
  Same<client.Joined, Answer<'joinMeeting', 200>>,
  Same<client.Waiting['reason'], Answer<'joinMeeting', 202>['reason'] | 'busy' | 'unreachable'>,
  Same<client.Topology, Answer<'getMeeting', 200>>,
  Same<client.Curtain, Answer<'openCurtain', 200>>,
  Same<client.Captions, Answer<'setCaptions', 200>>,
  Same<client.MeetingPage, Answer<'listMeetings', 200>>,
  Same<client.AttendeePage, Answer<'listAttendees', 200>>,
  Same<client.ExplainedAttendee, Answer<'getAttendee', 200>>,
  Same<client.HandPage, Answer<'listHands', 200>>,
  Same<client.BanPage, Answer<'listBans', 200>>,
  Same<client.AttendancePage, Answer<'listAttendance', 200>>,
  Same<client.Usage, Answer<'getUsage', 200>>,
  Same<client.Promotion, Answer<'getPromotion', 200>>,
  Same<client.DrainProgress, Answer<'drainRegion', 202>>,
  Same<client.SeatsPlan, Answer<'provisionSeats', 202>>,
  Same<client.RefusalCode, RefusalCode>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true];
