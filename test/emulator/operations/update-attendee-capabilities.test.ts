import { admit, openMeeting } from '../builders.ts';
import { broken, GUID_CONSTRAINT, NOT_NULL, oneOf, refusalOf, UNKNOWN } from '../refusals.ts';
import { useChime } from '../support.ts';

const MUTED = { Audio: 'Receive', Video: 'Receive', Content: 'Receive' } as const;

describe('UpdateAttendeeCapabilities', () => {
  const world = useChime();
  const update = async (more: object) => {
    const { MeetingId } = await openMeeting(world.chime);
    const { AttendeeId } = await admit(world.chime, { MeetingId });
    const Capabilities = MUTED;
    return world.chime.updateAttendeeCapabilities({ MeetingId, AttendeeId, Capabilities, ...more });
  };

  describe('serialisation', () => {
    it('answers 200 with the changed attendee', async () => {
      const { $metadata, Attendee } = await update({});
      expect($metadata.httpStatusCode).toBe(200);
      expect(Attendee).toMatchObject({ ExternalUserId: 'maria', Capabilities: MUTED });
    });
  });

  describe('validation', () => {
    it.each([
      [{ MeetingId: 'nonsense' }, 'meetingId', GUID_CONSTRAINT],
      [{ AttendeeId: 'nonsense' }, 'attendeeId', GUID_CONSTRAINT],
      [{ Capabilities: undefined }, 'capabilities', NOT_NULL],
      [{ Capabilities: { ...MUTED, Audio: undefined } }, 'capabilities.audio', NOT_NULL],
      [
        { Capabilities: { ...MUTED, Audio: 'On' } },
        'capabilities.audio',
        oneOf('SendReceive', 'Send', 'Receive', 'None'),
      ],
    ])('refuses %j', async (more, at, constraint) => {
      expect(await refusalOf(update(more))).toEqual(broken(at, constraint));
    });
  });

  describe('behaviour', () => {
    it('keeps the new capabilities', async () => {
      const { MeetingId } = await openMeeting(world.chime);
      const { AttendeeId } = await admit(world.chime, { MeetingId });
      await world.chime.updateAttendeeCapabilities({ MeetingId, AttendeeId, Capabilities: MUTED });
      const { Attendee } = await world.chime.getAttendee({ MeetingId, AttendeeId });
      expect(Attendee?.Capabilities).toEqual(MUTED);
    });

    it('answers 404 for an attendee that never existed', async () => {
      expect(await refusalOf(update({ AttendeeId: UNKNOWN }))).toMatchObject({ name: 'NotFoundException' });
    });

    it('refuses receiving content without video', async () => {
      const Capabilities = { Audio: 'None', Video: 'None', Content: 'Receive' };
      expect(await refusalOf(update({ Capabilities }))).toMatchObject({ name: 'BadRequestException' });
    });
  });
});
