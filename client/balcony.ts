import { asker, type BalconyOptions } from './ask.ts';
import type { CaptionSettings, Captions } from './captions-types.ts';
import type * as desk from './desk-types.ts';
import { browserDeps, type Deps, joiner } from './join.ts';
import type * as types from './types.ts';

export type { BalconyOptions } from './ask.ts';
export type * from './captions-types.ts';
export type * from './desk-types.ts';
export { browserDeps, type Deps, isPassing } from './join.ts';
export { Refusal, type RefusalCode } from './refusal.ts';
export { type Reporter, reporter } from './report.ts';
export type * from './types.ts';

/** The client of one person. */
export type Balcony = ReturnType<typeof balcony>;

/**
 * Creates a client with one token. Every method but `meetings` takes the meeting's name first. Each may be repeated, and rejects with a `Refusal`
 * (the service declined) or with an error of `fetch` (it was not reached).
 */
export function balcony(options: BalconyOptions, deps: Deps = browserDeps) {
  const ask = asker(options);
  /** The latest join of this client, by meeting. */
  const sessions = new Map<string, string>();
  const at = (...segments: [meeting: string, ...rest: string[]]) => segments;
  const attendee = (meeting: string, who: string) => at(meeting, 'attendees', who);
  const promotion = (meeting: string, who: string) => at(meeting, 'promotions', who);
  const setCapabilities = (meeting: string, who: string, capabilities: Partial<types.Capabilities>) =>
    ask<{ externalUserId: string; capabilities: types.Capabilities }>({
      method: 'PATCH',
      path: attendee(meeting, who),
      body: { capabilities },
    });
  const setAudio = (Audio: types.Capabilities['Audio']) => (meeting: string, who: string) =>
    setCapabilities(meeting, who, { Audio });
  const putOut = (meeting: string, who: string, query?: { ban: true }) =>
    ask({ method: 'DELETE', path: attendee(meeting, who), query });

  const leave = (meeting: string, sessionId = sessions.get(meeting)) =>
    ask({
      method: 'POST',
      path: at(meeting, 'leave'),
      body: sessionId ? { sessionId } : undefined,
      keepalive: true,
    });
  const giveBack = (meeting: string, joined?: types.Joined) => leave(meeting, joined?.sessionId);
  const joinOnce = joiner({ ask, giveBack, deps });

  return {
    /** Joins: waits, as long as it takes, until a presenter is on stage or seats are opened, and takes a seat. */
    join: async (meeting: string, request?: types.JoinOptions) => {
      sessions.delete(meeting); // the response may get lost, and the service know a later join
      const joined = await joinOnce(meeting, request);
      sessions.set(meeting, joined.sessionId);
      return joined;
    },
    /**
     * Leaves the meeting and returns the seat. The request outlives the page: call this on `pagehide`, too. The request
     * ends the latest join of this client, and not a later join of the same person on another device. A client that
     * never joined ends every join of the person.
     */
    leave,
    /** Reports how the connection of a join fares. `keepalive` lets the request outlive the page. */
    report: (
      meeting: string,
      body: { sessionId: string; events: types.ClientEvent[] },
      { keepalive = false } = {},
    ) => ask({ method: 'POST', path: at(meeting, 'client-events'), body, keepalive }),
    hand: (meeting: string, way: 'up' | 'down') =>
      ask({ method: way === 'up' ? 'PUT' : 'DELETE', path: at(meeting, 'hand') }),
    /** The caller's credential for the stage; rejects with the Refusal NOT_PROMOTED until a host grants it. */
    promotion: (meeting: string, signal?: AbortSignal) =>
      ask<types.Promotion>({ method: 'GET', path: at(meeting, 'promotion'), signal }),

    /** The meeting's state; with `stage` also the people on stage, with `clientEvents` how the audience fares. */
    topology: (meeting: string, query?: { stage?: boolean; clientEvents?: boolean }) =>
      ask<types.Topology>({ method: 'GET', path: at(meeting), query }),
    attendees: (meeting: string, page?: desk.Page) =>
      ask<desk.AttendeePage>({ method: 'GET', path: at(meeting, 'attendees'), query: page }),
    /** One person; with `explain` also the reason for the placement. */
    attendee: (meeting: string, who: string, query?: { explain: boolean }) =>
      ask<desk.ExplainedAttendee>({ method: 'GET', path: attendee(meeting, who), query }),
    hands: (meeting: string, page?: desk.Page) =>
      ask<desk.HandPage>({ method: 'GET', path: at(meeting, 'hands'), query: page }),
    /** Lowers a person's hand: the question is answered. */
    lowerHand: (meeting: string, who: string) => ask({ method: 'DELETE', path: at(meeting, 'hands', who) }),
    promote: (meeting: string, who: string, body: { capabilities?: types.Capabilities } = {}) =>
      ask<{ externalUserId: string; state: 'granted' }>({
        method: 'PUT',
        path: promotion(meeting, who),
        body,
      }),
    /** Takes a promoted viewer off the stage; viewers may demote themselves. */
    demote: (meeting: string, who: string) => ask({ method: 'DELETE', path: promotion(meeting, who) }),
    setCapabilities,
    /** Mutes a person on stage, and changes nothing else. */
    mute: setAudio('Receive'),
    /** Unmutes a person on stage. */
    unmute: setAudio('SendReceive'),
    muteAll: (meeting: string) => ask({ method: 'POST', path: at(meeting, 'mute-all') }),

    /** The meetings of one status, live ones without it. For hosts whose token names no meeting. */
    meetings: (page?: desk.MeetingsPage) => ask<desk.MeetingPage>({ method: 'GET', path: [], query: page }),
    create: (meeting: string, body: types.MeetingOptions = {}) =>
      ask<types.Topology>({ method: 'PUT', path: at(meeting), body }),
    /** Reopens an ended meeting with its former options. A meeting that is not ended stays as it is. */
    reopen: (meeting: string) => ask<types.Topology>({ method: 'POST', path: at(meeting, 'reopen') }),
    /** Opens the curtain of a meeting with `admission: 'manual'`: viewers are let in. */
    goLive: (meeting: string) => ask<types.Curtain>({ method: 'POST', path: at(meeting, 'live') }),
    /** Closes the curtain for new viewers. Those who have a seat keep it. */
    endLive: (meeting: string) => ask<types.Curtain>({ method: 'DELETE', path: at(meeting, 'live') }),
    /** Turns captions on, or changes those that run. They go on in the next Chime meetings of this name. */
    setCaptions: (meeting: string, settings: CaptionSettings) =>
      ask<Captions>({ method: 'PUT', path: at(meeting, 'captions'), body: settings }),
    stopCaptions: (meeting: string) => ask({ method: 'DELETE', path: at(meeting, 'captions') }),
    end: (meeting: string) => ask({ method: 'DELETE', path: at(meeting) }),
    /** Removes a person, who may join again; a ban prevents that. */
    remove: (meeting: string, who: string) => putOut(meeting, who),
    ban: (meeting: string, who: string) => putOut(meeting, who, { ban: true }),
    bans: (meeting: string, page?: desk.Page) =>
      ask<desk.BanPage>({ method: 'GET', path: at(meeting, 'bans'), query: page }),
    liftBan: (meeting: string, who: string) => ask({ method: 'DELETE', path: at(meeting, 'bans', who) }),
    /** When people were connected: of the latest life of the name, also after its end. */
    attendance: (meeting: string, page?: desk.LifePage) =>
      ask<desk.AttendancePage>({ method: 'GET', path: at(meeting, 'attendance'), query: page }),
    /** Erases the attendance of a person, in all lives of the name. */
    eraseAttendance: (meeting: string, who: string) =>
      ask({ method: 'DELETE', path: at(meeting, 'attendance', who) }),
    usage: (meeting: string, query?: desk.OfLife) =>
      ask<desk.Usage>({ method: 'GET', path: at(meeting, 'usage'), query }),
    /** Places nobody in a media region any more, and opens nothing there. With `evacuate` its viewers are moved. */
    drain: (meeting: string, mediaRegion: types.MediaRegion, body: { evacuate?: boolean } = {}) =>
      ask<desk.DrainProgress>({ method: 'PUT', path: at(meeting, 'drains', mediaRegion), body }),
    liftDrain: (meeting: string, mediaRegion: types.MediaRegion) =>
      ask({ method: 'DELETE', path: at(meeting, 'drains', mediaRegion) }),
    /** Opens seats ahead of the audience. */
    provision: (meeting: string, seats: desk.Seats) =>
      ask<desk.SeatsPlan>({ method: 'PUT', path: at(meeting, 'seats'), body: { seats } }),
  };
}
