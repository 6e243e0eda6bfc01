import * as z from 'zod/mini';
import { displayName, externalMeetingId, externalUserId, instant } from '../ids.ts';
import { mediaRegion } from '../media.ts';
import { meetingOptions } from '../requests/meeting-options.ts';
import { meetingStatus } from '../requests/meetings.ts';
import { captions } from './chime.ts';
import { regionFares } from './client-events.ts';
import { drain } from './drains.ts';

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

export type TopologyAnswer = z.output<typeof topology>;
