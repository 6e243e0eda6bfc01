import { openMeeting, people } from '../builders.ts';
import { atLeast, atMost, broken, GUID_CONSTRAINT, NOT_NULL, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('BatchCreateAttendee', () => {
  const world = useChime();
  const create = async (more: object) => {
    const { MeetingId } = await openMeeting(world.chime);
    return world.chime.batchCreateAttendee({ MeetingId, Attendees: people(2), ...more });
  };

  describe('serialisation', () => {
    it('answers 200 with the attendees in the requested order, and no errors', async () => {
      const { $metadata, Attendees, Errors } = await create({});
      expect($metadata.httpStatusCode).toBe(200);
      expect(Attendees?.map(({ ExternalUserId }) => ExternalUserId)).toEqual(['viewer-0', 'viewer-1']);
      expect(Errors).toEqual([]);
    });
  });

  describe('validation', () => {
    it.each([
      ['nobody', undefined, 'attendees', NOT_NULL],
      ['an empty list', [], 'attendees', atLeast(1)],
      ['101 people', people(101), 'attendees', atMost(100)],
      ['a nameless person', [...people(2), {}], 'attendees.3.member.externalUserId', NOT_NULL],
    ])('refuses %s', async (_, Attendees, at, constraint) => {
      expect(await refusalOf(create({ Attendees }))).toEqual(broken(at, constraint));
    });

    it('refuses a MeetingId that is not a GUID', async () => {
      expect(await refusalOf(create({ MeetingId: 'nonsense' }))).toEqual(
        broken('meetingId', GUID_CONSTRAINT),
      );
    });
  });

  describe('behaviour', () => {
    it('creates 100 attendees in one call', async () => {
      const { Attendees } = await create({ Attendees: people(100) });
      expect(new Set(Attendees?.map(({ AttendeeId }) => AttendeeId)).size).toBe(100);
    });

    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(create({ MeetingId: UNKNOWN }))).toMatchObject({ name: 'NotFoundException' });
    });

    it('gives each item its requested capabilities', async () => {
      const Capabilities = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' };
      const Attendees = [{ ExternalUserId: 'quiet', Capabilities }, { ExternalUserId: 'loud' }];
      const answer = await create({ Attendees });
      expect(answer.Attendees?.map((attendee) => attendee.Capabilities?.Audio)).toEqual([
        'Receive',
        'SendReceive',
      ]);
    });
  });
});
