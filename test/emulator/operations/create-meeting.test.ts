import { meetingInput, openMeeting } from '../builders.ts';
import { atLeast, atMost, broken, GUID, NOT_NULL, oneOf, refusalOf } from '../refusals.ts';
import { useChime } from '../support.ts';
import { ExternalIdCases, TagCases } from './cases.ts';

const LONG = 'x'.repeat(65);

describe('CreateMeeting', () => {
  const world = useChime();
  const create = (more: object) => world.chime.createMeeting(meetingInput(more as never));

  describe('serialisation', () => {
    it('answers 200 with a meeting and nothing else', async () => {
      const { $metadata, ...body } = await create({});
      expect($metadata.httpStatusCode).toBe(200);
      expect(Object.keys(body)).toEqual(['Meeting']);
    });

    it('returns the requested settings, an ARN, and the connection URLs', async () => {
      const meeting = await openMeeting(world.chime, { MediaRegion: 'us-east-1', TenantIds: ['acme'] });
      expect(meeting).toMatchObject({
        MeetingId: expect.stringMatching(GUID),
        ExternalMeetingId: 'town-hall',
        MediaRegion: 'us-east-1',
        TenantIds: ['acme'],
        MeetingArn: expect.stringMatching(/^arn:aws:chime:[a-z0-9-]+:\d{12}:meeting\/[a-f0-9-]{36}$/),
      });
      expect(meeting.MediaPlacement).toMatchObject({
        AudioHostUrl: expect.stringMatching(/:\d+$/),
        SignalingUrl: `wss://${new URL(meeting.MediaPlacement?.SignalingUrl ?? '').host}/control/${meeting.MeetingId}`,
        AudioFallbackUrl: expect.stringMatching(/^wss:/),
        TurnControlUrl: expect.stringMatching(/^https:/),
      });
    });

    it('returns features only where the request has them', async () => {
      const MeetingFeatures = { Audio: { EchoReduction: 'AVAILABLE' as const } };
      expect((await openMeeting(world.chime, { MeetingFeatures })).MeetingFeatures).toEqual(MeetingFeatures);
      expect((await openMeeting(world.chime)).MeetingFeatures).toBeUndefined();
    });

    it('ends every MeetingId with the same four digits, those of the control region', async () => {
      const endings = [await openMeeting(world.chime), await openMeeting(world.chime)];
      expect(new Set(endings.map(({ MeetingId }) => MeetingId.slice(-4))).size).toBe(1);
    });
  });

  describe('validation', () => {
    it.each([
      ['MediaRegion', undefined, NOT_NULL],
      ['MediaRegion', 'x', atLeast(2)],
      ['MediaRegion', LONG, atMost(64)],
      ['ExternalMeetingId', undefined, NOT_NULL],
      ['ClientRequestToken', 'x', atLeast(2)],
      ['ClientRequestToken', LONG, atMost(64)],
      ['ClientRequestToken', 'a:b', 'Member must satisfy regular expression pattern: ^[-_a-zA-Z0-9]*$'],
      ['PrimaryMeetingId', 'x', atLeast(2)],
      ['TenantIds', [], atLeast(1)],
      ['TenantIds', ['aa', 'bb', 'cc', 'dd', 'ee', 'ff'], atMost(5)],
      ['MediaPlacementNetworkType', 'Ipv6', oneOf('Ipv4Only', 'DualStack')],
    ])('refuses %s %j', async (member, value, constraint) => {
      const at = member.charAt(0).toLowerCase() + member.slice(1);
      expect(await refusalOf(create({ [member]: value }))).toEqual(broken(at, constraint));
    });

    it.each([
      [{ Audio: { EchoReduction: 'YES' } }, 'audio.echoReduction', oneOf('AVAILABLE', 'UNAVAILABLE')],
      [{ Video: { MaxResolution: 'UHD' } }, 'video.maxResolution', oneOf('None', 'HD', 'FHD')],
      [{ Content: { MaxResolution: 'HD' } }, 'content.maxResolution', oneOf('None', 'FHD', 'UHD')],
      [
        { Attendee: { MaxCount: 0 } },
        'attendee.maxCount',
        'Member must have value greater than or equal to 1',
      ],
      [
        { Attendee: { MaxCount: 251 } },
        'attendee.maxCount',
        'Member must have value less than or equal to 250',
      ],
    ])('refuses the features %j', async (MeetingFeatures, at, constraint) => {
      expect(await refusalOf(create({ MeetingFeatures }))).toEqual(
        broken(`meetingFeatures.${at}`, constraint),
      );
    });

    it.each(ExternalIdCases)('refuses the ExternalMeetingId %j', async (ExternalMeetingId, constraint) => {
      expect(await refusalOf(create({ ExternalMeetingId }))).toEqual(broken('externalMeetingId', constraint));
    });

    it.each(TagCases)('refuses tags %s', async (_, Tags, at, constraint) => {
      expect(await refusalOf(create({ Tags }))).toEqual(broken(at, constraint));
    });

    it('refuses a tenant with one character four times in a row', async () => {
      expect(await refusalOf(create({ TenantIds: ['acmeeee'] }))).toMatchObject({
        name: 'ValidationException',
      });
    });

    it('refuses a notification target that is not an ARN', async () => {
      const NotificationsConfiguration = { SqsQueueArn: 'https://sqs' };
      expect(await refusalOf(create({ NotificationsConfiguration }))).toMatchObject({
        message: expect.stringContaining("at 'notificationsConfiguration.sqsQueueArn' failed"),
      });
    });

    it('reports every broken constraint at once', async () => {
      const { message } = await refusalOf(create({ MediaRegion: 'x', ClientRequestToken: 'y' }));
      expect(message).toMatch(/^2 validation errors detected: Value at '.*; Value at '/);
    });

    it('accepts a name with accents, spaces and quotes', async () => {
      const ExternalMeetingId = `Café «Été» #1, "l'hôtel" [a|b]`;
      expect(await openMeeting(world.chime, { ExternalMeetingId })).toMatchObject({ ExternalMeetingId });
    });
  });

  describe('behaviour', () => {
    it('opens another meeting for the same name', async () => {
      const [one, other] = [await openMeeting(world.chime), await openMeeting(world.chime)];
      expect(one.MeetingId).not.toBe(other.MeetingId);
    });

    it.each(['mars-north-1', 'constructor'])(
      'refuses %s, which is not a media region',
      async (MediaRegion) => {
        const { name, status } = await refusalOf(create({ MediaRegion }));
        expect({ name, status }).toEqual({ name: 'BadRequestException', status: 400 });
      },
    );

    it.each([
      [{ Video: { MaxResolution: 'FHD' } }],
      [{ Content: { MaxResolution: 'UHD' } }],
      [{ Video: { MaxResolution: 'FHD' }, Attendee: { MaxCount: 26 } }],
    ])('refuses high definition without a MaxCount of at most 25: %j', async (MeetingFeatures) => {
      expect(await refusalOf(create({ MeetingFeatures }))).toMatchObject({ name: 'BadRequestException' });
    });

    it('opens a high-definition meeting of 25', async () => {
      const MeetingFeatures = { Video: { MaxResolution: 'FHD' as const }, Attendee: { MaxCount: 25 } };
      expect(await openMeeting(world.chime, { MeetingFeatures })).toMatchObject({ MeetingFeatures });
    });
  });
});
