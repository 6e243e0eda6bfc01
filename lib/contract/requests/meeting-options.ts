import * as z from 'zod/mini';
import { mediaRegion } from '../media.ts';
import { meetingFeatures, meetingHostId, networkType, tags, tenantIds } from './features.ts';

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

export type MeetingOptions = z.output<typeof meetingOptions>;
