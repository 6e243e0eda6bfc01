import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import type { Replica, Topology, TopologyOptions } from '../../lib/domain/meeting/topology.ts';
import type { Viewer } from '../../lib/domain/placement/decision.ts';
import type { Drain } from '../../lib/domain/placement/drains.ts';
import type { LearnedLimit } from '../../lib/domain/placement/learned-limit.ts';

/** The instant of every topology that these builders make. */
export const NOW = 1_000_000;

type Part = (topology: Topology) => Topology;

/** A topology of these parts; replicas get the next ordinal unless they name one. */
export function topology(...parts: Part[]): Topology {
  const bare: Topology = {
    externalMeetingId: 'town-hall',
    incarnation: 'first',
    incarnatedAt: 0,
    epoch: 1,
    status: 'scheduled',
    options: { maxReplicas: 4, waitForPresenter: true },
    stage: new Set(),
    replicas: [],
  };
  return parts.reduce((made, part) => part(made), bare);
}

/** An open primary, so that the topology is live. */
export const primary =
  (mediaRegion: MediaRegion = 'us-east-1', stage: string[] = ['ada']): Part =>
  (made) => ({
    ...made,
    status: 'live',
    stage: new Set(stage),
    primary: { state: 'open', mediaRegion, capacity: 240, Meeting: { MeetingId: 'the-primary' } },
  });

/** A replica: open, with room and calm, unless said otherwise. */
export const replica =
  (mediaRegion: MediaRegion, more: Partial<Replica> = {}): Part =>
  (made) => {
    const ordinal = more.ordinal ?? made.replicas.length;
    const open = { ordinal, state: 'open', mediaRegion, capacity: 250, meetingId: `r${ordinal}` } as const;
    return { ...made, replicas: [...made.replicas, { ...open, ...more }] };
  };

/** A replica that a request is opening now. */
export const opening = (mediaRegion: MediaRegion) =>
  replica(mediaRegion, { state: 'claimed', lease: { owner: 'somebody', until: NOW + 1 } });

/** A replica with an expired claim: its opening was begun and not finished. */
export const abandoned = (mediaRegion: MediaRegion) =>
  replica(mediaRegion, { state: 'claimed', lease: { owner: 'nobody', until: NOW } });

export const options =
  (changes: Partial<TopologyOptions>): Part =>
  (made) => ({ ...made, options: { ...made.options, ...changes } });

/** Chime was seen to allow no more replicas than these, just now unless said otherwise. */
export const learned =
  (replicas: number, more: Partial<LearnedLimit> = {}): Part =>
  (made) => ({
    ...made,
    learnedLimit: { replicas, of: 'unknown', since: NOW, at: NOW, refusals: 1, ...more },
  });

/** Chime failed to open a replica in this media region: none is opened there until then. */
export const cooling =
  (mediaRegion: MediaRegion, until: number): Part =>
  (made) => ({
    ...made,
    coolDowns: { ...made.coolDowns, [mediaRegion]: { because: 'rejected', since: NOW, until, failures: 1 } },
  });

/** A drained media region; evacuated where the changes say so. */
export const drained =
  (mediaRegion: MediaRegion, more: Partial<Drain> = {}): Part =>
  (made) => ({
    ...made,
    drains: { ...made.drains, [mediaRegion]: { since: NOW, evacuate: false, ...more } },
  });

/** A viewer in a media region, drawing the first of equals unless told otherwise. */
export const viewerIn = (mediaRegion: MediaRegion, more: Partial<Viewer> = {}): Viewer => ({
  mediaRegion,
  controlRegion: 'us-east-1',
  now: NOW,
  random: 0,
  ...more,
});
