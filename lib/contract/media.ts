import * as z from 'zod';

/** https://docs.aws.amazon.com/chime-sdk/latest/dg/sdk-available-regions.html */
export const MEDIA_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'af-south-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'il-central-1',
] as const;

export const mediaRegion = z.enum(MEDIA_REGIONS).meta({
  id: 'MediaRegion',
  description: "Where a meeting's media is hosted.",
  example: 'eu-central-1',
});

const capability = z.enum(['SendReceive', 'Send', 'Receive', 'None']);

/**
 * What an attendee may send and receive. Receiving content needs receiving video.
 * https://docs.aws.amazon.com/chime-sdk/latest/APIReference/API_meeting-chime_AttendeeCapabilities.html
 */
export const capabilities = z
  .strictObject({ Audio: capability, Video: capability, Content: capability })
  .refine((wanted) => !receives(wanted.Content) || receives(wanted.Video), {
    path: ['Content'],
    message: 'needs Video to be Receive or SendReceive',
  })
  .meta({
    id: 'Capabilities',
    description: 'What an attendee may send and receive. Receiving content needs receiving video.',
    example: { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' },
  });

function receives(wanted: z.output<typeof capability>): boolean {
  return wanted === 'Receive' || wanted === 'SendReceive';
}

const audio = z.strictObject({ EchoReduction: z.enum(['AVAILABLE', 'UNAVAILABLE']).exactOptional() });
const video = z.strictObject({ MaxResolution: z.enum(['None', 'HD', 'FHD']).exactOptional() });
const content = z.strictObject({ MaxResolution: z.enum(['None', 'FHD', 'UHD']).exactOptional() });
const attendee = z.strictObject({ MaxCount: z.int().min(1).max(250).exactOptional() });

/**
 * Chime's `MeetingFeatures`. FHD video or UHD content make a high-definition meeting, which holds 25.
 * https://docs.aws.amazon.com/chime-sdk/latest/dg/js-meeting-features.html
 */
export const meetingFeatures = z
  .strictObject({
    Audio: audio.exactOptional(),
    Video: video.exactOptional(),
    Content: content.exactOptional(),
    Attendee: attendee.exactOptional(),
  })
  .refine(fitsItsDefinition, {
    path: ['Attendee', 'MaxCount'],
    message: 'must be at most 25 with FHD video or UHD content',
  })
  .meta({
    id: 'MeetingFeatures',
    description: "Chime's MeetingFeatures. With FHD video or UHD content a meeting holds at most 25.",
  });

interface Features {
  Video?: z.output<typeof video>;
  Content?: z.output<typeof content>;
  Attendee?: z.output<typeof attendee>;
}

function fitsItsDefinition({ Video, Content, Attendee }: Features): boolean {
  const highDefinition = Video?.MaxResolution === 'FHD' || Content?.MaxResolution === 'UHD';
  return !highDefinition || (Attendee?.MaxCount ?? 0) <= 25;
}

const tag = z.strictObject({
  Key: z.string().regex(/^[a-zA-Z+-=._:/]{1,128}$/, 'must be 1 to 128 letters, digits or +,-./:;<=_'),
  Value: z.string().regex(/^[\s\w+\-=.:/@]{0,256}$/, 'must be 0 to 256 letters, digits, spaces or _+-=.:/@'),
});

/** Chime's tags, in its list shape. */
export const tags = z
  .array(tag)
  .max(50)
  .refine((list) => new Set(list.map(({ Key }) => Key)).size === list.length, 'must not repeat a Key')
  .meta({ description: 'Tags for every Chime meeting opened under this name.' });
