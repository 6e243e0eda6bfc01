import * as z from 'zod';
import { externalMeetingId } from './ids.ts';
import { mediaRegion, meetingFeatures, tags } from './media.ts';

const unique = (list: readonly string[]) => new Set(list).size === list.length;

/** What a host may set. A PUT replaces all of it: what it leaves out is back at its default. */
export const meetingOptions = z
  .strictObject({
    mediaRegion: mediaRegion.exactOptional().meta({ description: 'Where the primary is hosted.' }),
    allowedMediaRegions: z
      .array(mediaRegion)
      .min(1)
      .refine(unique, 'must not repeat a media region')
      .exactOptional()
      .meta({ description: 'Data residency, a hard rule: no media is hosted anywhere else.' }),
    maxReplicas: z.int().min(0).max(100).default(4).meta({ description: "Chime's default quota is 4." }),
    waitForPresenter: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether viewers wait until somebody is on stage.' }),
    meetingFeatures: meetingFeatures.exactOptional(),
    tags: tags.exactOptional(),
  })
  .refine(primaryIsAllowed, { path: ['mediaRegion'], message: 'must be one of allowedMediaRegions' })
  .meta({
    id: 'MeetingOptions',
    description: 'A PUT replaces all of it: what it leaves out is back at its default.',
    example: { mediaRegion: 'eu-central-1', maxReplicas: 4, waitForPresenter: true },
  });

interface Residency {
  mediaRegion?: string;
  allowedMediaRegions?: readonly string[];
}

function primaryIsAllowed({ mediaRegion: wanted, allowedMediaRegions }: Residency): boolean {
  return wanted === undefined || !allowedMediaRegions || allowedMediaRegions.includes(wanted);
}

const count = z.int().min(0);

const primary = z
  .object({ meetingId: z.string(), mediaRegion, seatsTaken: count, capacity: count })
  .meta({ id: 'Primary', description: 'The meeting of the stage.' });

const replica = z
  .object({
    ordinal: count,
    meetingId: z.string().exactOptional().meta({ description: 'Absent while it is being opened.' }),
    mediaRegion,
    primaryMeetingId: z.string().exactOptional(),
    status: z.enum(['opening', 'open', 'full']),
    seatsTaken: count,
    capacity: count,
  })
  .meta({ id: 'Replica', description: 'A meeting that Chime feeds from the primary.' });

/** What stands behind a name now. Never a join token. */
export const topology = z
  .object({
    externalMeetingId,
    epoch: count.meta({ description: 'Counts the lives of the Chime meetings behind the name.' }),
    status: z.enum(['scheduled', 'live', 'ended']),
    options: meetingOptions,
    primary: primary.exactOptional().meta({ description: 'Absent while no Chime meeting is open.' }),
    replicas: z.array(replica),
    viewers: count.meta({ description: 'How many viewers hold a seat.' }),
  })
  .meta({ id: 'Topology', description: 'What stands behind a name now.' });

export type MeetingOptions = z.output<typeof meetingOptions>;
export type TopologyAnswer = z.output<typeof topology>;
