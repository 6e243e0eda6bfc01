import { admit, openMeeting } from '../builders.ts';
import { broken, GUID, GUID_CONSTRAINT, NOT_NULL, oneOf, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';
import { ExternalIdCases } from './cases.ts';

const ALL = { Audio: 'SendReceive', Video: 'SendReceive', Content: 'SendReceive' } as const;

describe('CreateAttendee', () => {
  const world = useChime();
  const create = async (more: object, features: object = {}) => {
    const { MeetingId } = await openMeeting(world.chime, { MeetingFeatures: features });
    return world.chime.createAttendee({ MeetingId, ExternalUserId: 'maria', ...more });
  };

  describe('serialisation', () => {
    it('answers 200 with an attendee, its token, and its capabilities', async () => {
      const { $metadata, ...body } = await create({});
      expect($metadata.httpStatusCode).toBe(200);
      expect(body).toEqual({
        Attendee: {
          ExternalUserId: 'maria',
          AttendeeId: expect.stringMatching(GUID),
          JoinToken: expect.stringMatching(/^[a-zA-Z0-9+/]{2,2048}$/),
          Capabilities: ALL,
        },
      });
    });

    it('gives every attendee a token of its own', async () => {
      const meeting = await openMeeting(world.chime);
      const [one, other] = [
        await admit(world.chime, meeting, 'one'),
        await admit(world.chime, meeting, 'other'),
      ];
      expect(one.JoinToken).not.toBe(other.JoinToken);
    });
  });

  describe('validation', () => {
    it.each(ExternalIdCases)('refuses the ExternalUserId %j', async (ExternalUserId, constraint) => {
      expect(await refusalOf(create({ ExternalUserId }))).toEqual(broken('externalUserId', constraint));
    });

    it('refuses a MeetingId that is not a GUID', async () => {
      expect(await refusalOf(create({ MeetingId: 'nonsense' }))).toEqual(
        broken('meetingId', GUID_CONSTRAINT),
      );
    });

    it('refuses capabilities of which one is missing', async () => {
      expect(await refusalOf(create({ Capabilities: { Audio: 'Send', Video: 'Send' } }))).toEqual(
        broken('capabilities.content', NOT_NULL),
      );
    });

    it('refuses unknown capabilities', async () => {
      expect(await refusalOf(create({ Capabilities: { ...ALL, Video: 'HD' } }))).toEqual(
        broken('capabilities.video', oneOf('SendReceive', 'Send', 'Receive', 'None')),
      );
    });
  });

  describe('behaviour', () => {
    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(create({ MeetingId: UNKNOWN }))).toMatchObject({ name: 'NotFoundException' });
    });

    it.each(['Receive', 'SendReceive'] as const)(
      'refuses content %s without receiving video',
      async (Content) => {
        const Capabilities = { Audio: 'None', Video: 'Send', Content };
        expect(await refusalOf(create({ Capabilities }))).toMatchObject({
          name: 'BadRequestException',
          status: 400,
        });
      },
    );

    it('allows receiving video without content', async () => {
      const Capabilities = { Audio: 'Receive', Video: 'Receive', Content: 'None' };
      expect((await create({ Capabilities })).Attendee?.Capabilities).toEqual(Capabilities);
    });

    it.each(['Send', 'Receive', 'SendReceive'])(
      'refuses video %s in a meeting without video',
      async (Video) => {
        const features = { Video: { MaxResolution: 'None' } };
        const Capabilities = { Audio: 'None', Video, Content: 'None' };
        expect(await refusalOf(create({ Capabilities }, features))).toMatchObject({ status: 400 });
      },
    );

    it('refuses content in a meeting without content', async () => {
      const features = { Content: { MaxResolution: 'None' } };
      expect(await refusalOf(create({ Capabilities: ALL }, features))).toMatchObject({ status: 400 });
    });

    it('grants video Receive by default in a meeting with content and without video', async () => {
      const { Attendee } = await create({}, { Video: { MaxResolution: 'None' } });
      expect(Attendee?.Capabilities).toEqual({
        Audio: 'SendReceive',
        Video: 'Receive',
        Content: 'SendReceive',
      });
    });

    it('grants neither by default in a meeting with neither', async () => {
      const { Attendee } = await create(
        {},
        { Video: { MaxResolution: 'None' }, Content: { MaxResolution: 'None' } },
      );
      expect(Attendee?.Capabilities).toEqual({ Audio: 'SendReceive', Video: 'None', Content: 'None' });
    });

    it('grants no content by default in a meeting without content', async () => {
      const { Attendee } = await create({}, { Content: { MaxResolution: 'None' } });
      expect(Attendee?.Capabilities).toEqual({ ...ALL, Content: 'None' });
    });
  });
});
