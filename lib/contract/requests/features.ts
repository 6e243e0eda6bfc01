import * as z from 'zod/mini';
import { featureFault } from '../../domain/meeting/capabilities.ts';
import {
  MEETING_HOST_ID,
  MOST_TENANT_IDS,
  NETWORK_TYPES,
  TENANT_ID,
} from '../../domain/meeting/session-options.ts';
import { soundBy } from '../media.ts';

const audio = z.strictObject({ EchoReduction: z.exactOptional(z.enum(['AVAILABLE', 'UNAVAILABLE'])) });
const video = z.strictObject({ MaxResolution: z.exactOptional(z.enum(['None', 'HD', 'FHD'])) });
const content = z.strictObject({ MaxResolution: z.exactOptional(z.enum(['None', 'FHD', 'UHD'])) });
const attendee = z.strictObject({ MaxCount: z.exactOptional(z.int().check(z.minimum(1), z.maximum(250))) });

/**
 * Chime's `MeetingFeatures`. FHD video or UHD content make a high-definition meeting, which holds 25.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html
 */
export const meetingFeatures = z
  .strictObject({
    Audio: z.exactOptional(audio),
    Video: z.exactOptional(video),
    Content: z.exactOptional(content),
    Attendee: z.exactOptional(attendee),
  })
  .check(
    soundBy(featureFault),
    z.meta({
      id: 'MeetingFeatures',
      description:
        "Chime's MeetingFeatures. With FHD video or UHD content a Chime meeting holds at most 25 people.",
    }),
  );

/** Keys that begin with `aws:` are reserved: https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const tag = z.strictObject({
  Key: z.string().check(
    z.regex(/^[a-zA-Z+-=._:/]{1,128}$/, 'must be 1 to 128 letters, digits or +,-./:;<=_'),
    z.refine((key) => !/^aws:/i.test(key), 'must not start with aws:'),
  ),
  Value: z
    .string()
    .check(z.regex(/^[\s\w+\-=.:/@]{0,256}$/, 'must be 0 to 256 letters, digits, spaces or _+-=.:/@')),
});

/** Chime's tags, in its list shape. */
export const tags = z.array(tag).check(
  z.maxLength(50),
  z.refine((list) => new Set(list.map(({ Key }) => Key)).size === list.length, 'must not repeat a Key'),
  z.meta({ description: 'Tags of every Chime meeting that is opened under this name.' }),
);

const tenantId = z
  .string()
  .check(
    z.regex(TENANT_ID, 'must be 2 to 256 letters, digits or -_!@#$, with no character four times in a row'),
  );

/** Chime's TenantIds. */
export const tenantIds = z.array(tenantId).check(
  z.minLength(1),
  z.maxLength(MOST_TENANT_IDS),
  z.meta({
    description:
      "Chime's `TenantIds` of every Chime meeting of this name: an opaque id for each segment of users, such as an organisation. The deployment's when absent.",
    example: ['acme'],
  }),
);

/** Chime's MediaPlacementNetworkType. */
export const networkType = z.enum(NETWORK_TYPES).check(
  z.meta({
    description:
      "Chime's `MediaPlacementNetworkType`: whether clients connect by IPv4 alone or also by IPv6. The deployment's when absent.",
  }),
);

/** Chime's MeetingHostId. */
export const meetingHostId = z
  .string()
  .check(
    z.regex(MEETING_HOST_ID, "must be 2 to 64 characters of Chime's pattern, and must not start with aws:"),
    z.meta({ description: "Chime's `MeetingHostId`, a label in its events. The deployment's when absent." }),
  );
