import { meetingInput, people } from '../builders.ts';
import { atLeast, atMost, broken, GUID, NOT_NULL, oneOf, refusalOf } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('CreateMeetingWithAttendees', () => {
  const world = useChime();
  const create = (more: object) =>
    world.chime.createMeetingWithAttendees({ ...meetingInput(), Attendees: people(2), ...more });

  describe('serialisation', () => {
    it('answers 200 with the meeting, the attendees in the requested order, and no errors', async () => {
      const { $metadata, Meeting, Attendees, Errors } = await create({ Attendees: people(3) });
      expect($metadata.httpStatusCode).toBe(200);
      expect(Meeting?.MeetingId).toMatch(GUID);
      expect(Attendees?.map(({ ExternalUserId }) => ExternalUserId)).toEqual([
        'viewer-0',
        'viewer-1',
        'viewer-2',
      ]);
      expect(Errors).toEqual([]);
    });
  });

  describe('validation', () => {
    it.each([
      ['nobody', undefined, 'attendees', NOT_NULL],
      ['an empty list', [], 'attendees', atLeast(1)],
      ['21 people', people(21), 'attendees', atMost(20)],
      ['a nameless person', [{}], 'attendees.1.member.externalUserId', NOT_NULL],
      [
        'a short name',
        [...people(1), { ExternalUserId: 'x' }],
        'attendees.2.member.externalUserId',
        atLeast(2),
      ],
    ])('refuses %s', async (_, Attendees, at, constraint) => {
      expect(await refusalOf(create({ Attendees }))).toEqual(broken(at, constraint));
    });

    it('refuses unknown capabilities', async () => {
      const Capabilities = { Audio: 'Loud', Video: 'None', Content: 'None' };
      const Attendees = [{ ExternalUserId: 'maria', Capabilities }];
      expect(await refusalOf(create({ Attendees }))).toEqual(
        broken('attendees.1.member.capabilities.audio', oneOf('SendReceive', 'Send', 'Receive', 'None')),
      );
    });

    it('refuses every request that CreateMeeting refuses', async () => {
      expect(await refusalOf(create({ ExternalMeetingId: 'x' }))).toEqual(
        broken('externalMeetingId', atLeast(2)),
      );
    });
  });

  describe('behaviour', () => {
    it('adds the attendees to the meeting', async () => {
      const { Meeting, Attendees } = await create({});
      const listed = await world.chime.listAttendees({ MeetingId: Meeting?.MeetingId });
      expect(listed.Attendees).toEqual(Attendees);
    });

    it('refuses capabilities that the features exclude', async () => {
      const MeetingFeatures = { Video: { MaxResolution: 'None' } };
      const Capabilities = { Audio: 'None', Video: 'Receive', Content: 'None' };
      const Attendees = [{ ExternalUserId: 'maria', Capabilities }];
      expect(await refusalOf(create({ MeetingFeatures, Attendees }))).toMatchObject({ status: 400 });
    });
  });
});
