import { openMeeting, people } from '../builders.ts';
import { atLeast, atMost, broken, GUID_CONSTRAINT, NOT_NULL, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

const MUTED = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' } as const;
const unknownAttendee = { AttendeeId: UNKNOWN };

describe('BatchUpdateAttendeeCapabilitiesExcept', () => {
  const world = useChime();
  const update = (more: object) =>
    world.chime.batchUpdateAttendeeCapabilitiesExcept({
      MeetingId: UNKNOWN,
      ExcludedAttendeeIds: [unknownAttendee],
      Capabilities: MUTED,
      ...more,
    });

  describe('serialisation', () => {
    it('answers 200 with an empty body', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      const { $metadata, ...body } = await update({ MeetingId });
      expect($metadata.httpStatusCode).toBe(200);
      expect(body).toEqual({});
    });
  });

  describe('validation', () => {
    it.each([
      ['a MeetingId that is no GUID', { MeetingId: 'nonsense' }, 'meetingId', GUID_CONSTRAINT],
      ['no capabilities', { Capabilities: undefined }, 'capabilities', NOT_NULL],
      ['no list', { ExcludedAttendeeIds: undefined }, 'excludedAttendeeIds', NOT_NULL],
      ['an empty list', { ExcludedAttendeeIds: [] }, 'excludedAttendeeIds', atLeast(1)],
      [
        '251 ids',
        { ExcludedAttendeeIds: Array(251).fill(unknownAttendee) },
        'excludedAttendeeIds',
        atMost(250),
      ],
      [
        'an id that is no GUID',
        { ExcludedAttendeeIds: [{ AttendeeId: 'x' }] },
        'excludedAttendeeIds.1.member.attendeeId',
        GUID_CONSTRAINT,
      ],
    ])('refuses %s', async (_, more, at, constraint) => {
      expect(await refusalOf(update(more))).toEqual(broken(at, constraint));
    });
  });

  describe('behaviour', () => {
    it('changes all attendees but the excepted ones', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      const { Attendees = [] } = await world.chime.batchCreateAttendee({ MeetingId, Attendees: people(3) });
      const excepted = { AttendeeId: Attendees[1]?.AttendeeId };
      await update({ MeetingId, ExcludedAttendeeIds: [excepted] });
      const listed = await world.chime.listAttendees({ MeetingId });
      expect(listed.Attendees?.map(({ Capabilities }) => Capabilities?.Audio)).toEqual([
        'Receive',
        'SendReceive',
        'Receive',
      ]);
    });

    it('answers 404 for a meeting that never existed', async () => {
      expect(await refusalOf(update({}))).toMatchObject({ name: 'NotFoundException' });
    });
  });
});
