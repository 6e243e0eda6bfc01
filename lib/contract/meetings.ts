import * as z from 'zod/mini';
import { captions } from './chime.ts';
import { regionFares } from './client-events.ts';
import { drain } from './drains.ts';
import { displayName, externalMeetingId, externalUserId, instant, querySwitch } from './ids.ts';
import { mediaRegion, meetingFeatures, meetingHostId, networkType, tags, tenantIds } from './media.ts';
import { meetingStatus } from './meeting-list.ts';

const unique = (list: readonly string[]) => new Set(list).size === list.length;

/** What a host may set. A PUT replaces all of it: what it leaves out is back at its default. */
export const meetingOptions = z
  .strictObject({
    mediaRegion: z
      .exactOptional(mediaRegion)
      .check(z.meta({ description: 'The media region of the primary.' })),
    allowedMediaRegions: z
      .exactOptional(
        z.array(mediaRegion).check(z.minLength(1), z.refine(unique, 'must not repeat a media region')),
      )
      .check(z.meta({ description: 'Data residency: no media is hosted in any other media region.' })),
    maxReplicas: z
      ._default(z.int().check(z.minimum(0), z.maximum(100)), 4)
      .check(z.meta({ description: "The largest number of replicas. Chime's default quota is 4." })),
    waitForPresenter: z
      ._default(z.boolean(), true)
      .check(z.meta({ description: 'Whether viewers wait until a presenter is on stage.' })),
    admission: z.exactOptional(z.enum(['presenter', 'manual'])).check(
      z.meta({
        description:
          'When viewers are let in: `presenter`, once a presenter is on stage; `manual`, once a host has opened the curtain by `POST …/live`. `presenter` when absent.',
      }),
    ),
    startsAt: z.exactOptional(z.iso.datetime({ offset: true })).check(
      z.meta({
        description:
          'When the event starts (RFC 3339). Viewers wait until then; hosts and presenters may enter before. At most a year ahead.',
        example: '2030-05-01T19:00:00+02:00',
      }),
    ),
    muteOnJoin: z.exactOptional(z.boolean()).check(
      z.meta({
        description:
          'Whether presenters and promoted viewers enter the stage muted, also when they return. A promotion with capabilities grants these instead. False when absent.',
      }),
    ),
    clientEventsSample: z.exactOptional(z.number().check(z.minimum(0), z.maximum(1))).check(
      z.meta({
        description:
          'The share of clients that report how they fare (`POST …/client-events`). When absent: everyone on stage, and about a thousand viewers.',
      }),
    ),
    meetingFeatures: z.exactOptional(meetingFeatures),
    tenantIds: z.exactOptional(tenantIds),
    networkType: z.exactOptional(networkType),
    meetingHostId: z.exactOptional(meetingHostId),
    tags: z.exactOptional(tags),
  })
  .check(
    z.refine(primaryIsAllowed, { path: ['mediaRegion'], message: 'must be one of allowedMediaRegions' }),
    z.meta({
      id: 'MeetingOptions',
      description: 'A PUT replaces all options: an omitted option gets its default.',
      example: { mediaRegion: 'eu-central-1', maxReplicas: 4, waitForPresenter: true },
    }),
  );

interface Residency {
  mediaRegion?: string;
  allowedMediaRegions?: readonly string[];
}

function primaryIsAllowed({ mediaRegion: wanted, allowedMediaRegions }: Residency): boolean {
  return wanted === undefined || !allowedMediaRegions || allowedMediaRegions.includes(wanted);
}

const count = z.int().check(z.minimum(0));

const primary = z
  .object({ meetingId: z.string(), mediaRegion, seatsTaken: count, capacity: count })
  .check(z.meta({ id: 'Primary', description: 'The Chime meeting of the stage.' }));

const replica = z
  .object({
    ordinal: count,
    meetingId: z.exactOptional(z.string()).check(z.meta({ description: 'Absent while it is being opened.' })),
    mediaRegion,
    primaryMeetingId: z.exactOptional(z.string()),
    status: z.enum(['opening', 'open', 'full']),
    seatsTaken: count,
    capacity: count,
  })
  .check(z.meta({ id: 'Replica', description: 'A Chime meeting that Chime feeds from the primary.' }));

const problem = z
  .object({
    kind: z.enum(['primary', 'account-limit', 'replica-limit', 'limit', 'media-region']),
    mediaRegion: z.exactOptional(mediaRegion),
    detail: z.string(),
    since: instant,
    retryAt: instant.check(z.meta({ description: 'When the service tries again.' })),
  })
  .check(z.meta({ id: 'MeetingProblem', description: 'Why Chime does not open meetings.' }));

/** The curtain of a meeting, after a host opened or closed it. */
export const curtain = z
  .object({ live: z.boolean(), liveSince: z.exactOptional(instant) })
  .check(z.meta({ id: 'Curtain', example: { live: true, liveSince: '2030-05-01T17:00:00.000Z' } }));

export const meetingQuery = z.strictObject({
  stage: querySwitch('Also return the people on stage.'),
  clientEvents: querySwitch('For hosts and presenters: also return how the audience fares.'),
});

/** The Chime meetings behind a name now. Never a join token. */
export const topology = z
  .object({
    externalMeetingId,
    epoch: count.check(z.meta({ description: 'Counts the generations of Chime meetings behind the name.' })),
    status: meetingStatus,
    options: meetingOptions,
    liveSince: z
      .exactOptional(instant)
      .check(z.meta({ description: 'Since when the curtain is open, with `admission: manual`.' })),
    primary: z
      .exactOptional(primary)
      .check(z.meta({ description: 'Absent while no Chime meeting is open.' })),
    replicas: z.array(replica),
    viewers: count.check(z.meta({ description: 'How many viewers hold a seat.' })),
    stage: z
      .exactOptional(z.array(z.object({ externalUserId, displayName: z.exactOptional(displayName) })))
      .check(z.meta({ description: 'The people on stage, if `stage=true` was requested.' })),
    lastAudience: z.exactOptional(z.partialRecord(mediaRegion, count)).check(
      z.meta({
        description:
          'For hosts and presenters: the viewers of earlier lives of the name, by media region, each life halving those before. Placement starts from it if the host gives no forecast.',
      }),
    ),
    problems: z.exactOptional(z.array(problem)).check(z.meta({ description: 'For hosts and presenters.' })),
    clientEvents: z.exactOptional(z.array(regionFares)).check(
      z.meta({
        description:
          'For hosts and presenters, if `clientEvents=true` was requested: how the people of each media region fare.',
      }),
    ),
    captions: z
      .exactOptional(captions)
      .check(z.meta({ description: 'Absent where no host has asked for captions.' })),
    drains: z
      .exactOptional(z.array(drain))
      .check(z.meta({ description: 'The drained media regions, for hosts and presenters.' })),
  })
  .check(z.meta({ id: 'Topology', description: 'The current Chime meetings behind a name.' }));

export type MeetingOptions = z.output<typeof meetingOptions>;
export type TopologyAnswer = z.output<typeof topology>;
