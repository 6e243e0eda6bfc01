import type { JoinedBody } from '../../../simulation/joined-body.ts';
import { reconcileMeeting } from '../../reconcile/one-name.ts';
import { uniqueMeetingId } from '../../support/people.ts';
import type { FlowWorld } from '../support.ts';

/** Longer than a container keeps the topology that it read. */
export const CACHED_MS = 1001;
export const FRANKFURT = { mediaRegion: 'eu-central-1' } as const;
const SMALL = { meetingFeatures: { Attendee: { MaxCount: 5 } } };

export interface Progress {
  status: string;
  replicas: number;
  viewers: number;
  evacuate: boolean;
  retryAfterMs?: number;
}

/** What tests of drains do in a world. */
export function drainsIn(chime: FlowWorld) {
  const hostOf = (name: string) => chime.person(name, 'the-host', { role: 'host' });
  const joinAll = (name: string, viewers: number, body: object = FRANKFURT) =>
    Promise.all(Array.from({ length: viewers }, (_, k) => chime.person(name, `viewer-${k}`).seat(body)));
  return {
    hostOf,
    joinAll,
    /** A meeting with a host on stage in Virginia, small replicas, and these viewers in Frankfurt. */
    house: async (viewers: number, options: object = {}) => {
      const name = uniqueMeetingId();
      chime.chimeWill({ replicasPerPrimary: 8, concurrentMeetings: 10_000 });
      await hostOf(name).create({ ...SMALL, mediaRegion: 'us-east-1', maxReplicas: 8, ...options });
      await hostOf(name).seat();
      const seats = [];
      for (let k = 0; k < viewers; k++) seats.push(await chime.person(name, `viewer-${k}`).seat(FRANKFURT));
      return { name, seats };
    },
    /** Drains Frankfurt, and returns the progress. */
    drain: async (name: string, body: object = {}) =>
      (await hostOf(name).drain('eu-central-1', body)).body as Progress,
    reconcile: (name: string) => reconcileMeeting(name, chime.call('reconcile', { role: 'host' })),
    /** The media regions of the living replicas. */
    regionsOf: (name: string) =>
      chime
        .live(name)
        .filter(({ primaryMeetingId }) => primaryMeetingId !== null)
        .map(({ mediaRegion }) => mediaRegion),
    /** The living replicas with more attendees than places, at any time. */
    overfull: (name: string) =>
      chime.live(name).filter(({ peakAttendees, capacity }) => peakAttendees > capacity),
  };
}

export const regionsIn = (seats: JoinedBody[]) =>
  new Set(seats.map(({ placement }) => placement.mediaRegion));
export const attendeesIn = (seats: JoinedBody[]) => new Set(seats.map(({ Attendee }) => Attendee.AttendeeId));
