import { openMeeting, people } from '../builders.ts';
import { broken, GUID_CONSTRAINT, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

describe('ListAttendees', () => {
  const world = useChime();
  const meetingOf = async (many: number) => {
    const meeting = await openMeeting(world.chime);
    const { MeetingId } = meeting;
    const { Attendees = [] } = await world.chime.batchCreateAttendee({ MeetingId, Attendees: people(many) });
    return { MeetingId, Attendees };
  };

  describe('serialisation', () => {
    it('answers 200 with the attendees and their tokens', async () => {
      const { MeetingId, Attendees } = await meetingOf(3);
      const answer = await world.chime.listAttendees({ MeetingId });
      expect(answer.$metadata.httpStatusCode).toBe(200);
      expect(answer.Attendees).toEqual(Attendees);
      expect(answer.NextToken).toBeUndefined();
    });
  });

  describe('validation', () => {
    it('refuses a MeetingId that is not a GUID', async () => {
      expect(await refusalOf(world.chime.listAttendees({ MeetingId: 'nonsense' }))).toEqual(
        broken('meetingId', GUID_CONSTRAINT),
      );
    });

    it.each([
      [0, 'greater than or equal to 1'],
      [101, 'less than or equal to 100'],
    ])('refuses pages of %d', async (MaxResults, bound) => {
      const asked = { MeetingId: UNKNOWN, MaxResults };
      expect(await refusalOf(world.chime.listAttendees(asked))).toEqual(
        broken('maxResults', `Member must have value ${bound}`),
      );
    });

    it('refuses a page token that it did not issue', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      const asked = { MeetingId, NextToken: 'nonsense' };
      expect(await refusalOf(world.chime.listAttendees(asked))).toMatchObject({ status: 400 });
    });
  });

  describe('behaviour', () => {
    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(world.chime.listAttendees({ MeetingId: UNKNOWN }))).toMatchObject({
        name: 'NotFoundException',
      });
    });

    it('lists each attendee once across its pages', async () => {
      const { MeetingId, Attendees } = await meetingOf(5);
      const first = await world.chime.listAttendees({ MeetingId, MaxResults: 3 });
      const rest = await world.chime.listAttendees({ MeetingId, MaxResults: 3, NextToken: first.NextToken });
      expect([...(first.Attendees ?? []), ...(rest.Attendees ?? [])]).toEqual(Attendees);
      expect(rest.NextToken).toBeUndefined();
    });

    it('omits no attendee when one of an earlier page is deleted meanwhile', async () => {
      const { MeetingId, Attendees } = await meetingOf(4);
      const { NextToken } = await world.chime.listAttendees({ MeetingId, MaxResults: 2 });
      await world.chime.deleteAttendee({ MeetingId, AttendeeId: Attendees[0]?.AttendeeId });
      const rest = await world.chime.listAttendees({ MeetingId, NextToken });
      expect(rest.Attendees).toEqual(Attendees.slice(2));
    });
  });
});
