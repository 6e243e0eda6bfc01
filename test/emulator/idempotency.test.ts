import { meetingInput, openMeeting, people } from './builders.ts';
import { advance, outOfBand } from './out-of-band.ts';
import { refusalOf } from './refusals.ts';
import { clientOf, useEmulator } from './support.ts';

const ClientRequestToken = 'the-same-token';

describe('a repeated ClientRequestToken', () => {
  const world = useEmulator();
  const open = (more = {}) => openMeeting(world.chime, { ClientRequestToken, ...more });

  it('returns the first meeting', async () => {
    const first = await open();
    expect(await open()).toEqual(first);
    expect((await outOfBand(world.emulator, 'GET meetings')).body).toHaveLength(1);
  });

  it('returns the first meeting even when the rest of the request differs', async () => {
    const primary = await open();
    expect(await open({ PrimaryMeetingId: primary.MeetingId, MediaRegion: 'sa-east-1' })).toEqual(primary);
  });

  it('returns the first meeting even when it has ended', async () => {
    const first = await open();
    await world.chime.deleteMeeting(first);
    expect(await open()).toEqual(first);
  });

  it('opens another meeting in another control region and in another account', async () => {
    const { MeetingId } = await open();
    const elsewhere = clientOf(world.emulator, { controlRegion: 'us-west-2' });
    const otherAccount = clientOf(world.emulator, { accessKeyId: '444455556666' });
    for (const chime of [elsewhere, otherAccount]) {
      expect((await openMeeting(chime, { ClientRequestToken })).MeetingId).not.toBe(MeetingId);
    }
  });

  it('opens another meeting with CreateMeetingWithAttendees', async () => {
    const { MeetingId } = await open();
    const input = { ...meetingInput({ ClientRequestToken }), Attendees: people(1) };
    const { Meeting } = await world.chime.createMeetingWithAttendees(input);
    expect(Meeting?.MeetingId).not.toBe(MeetingId);
  });

  it('returns the first attendees with the meeting', async () => {
    const create = (many: number) =>
      world.chime.createMeetingWithAttendees({
        ...meetingInput({ ClientRequestToken }),
        Attendees: people(many),
      });
    const first = await create(2);
    expect((await create(3)).Attendees).toEqual(first.Attendees);
  });

  it('opens a meeting when the first request was refused', async () => {
    await refusalOf(open({ MediaRegion: 'mars-north-1' }));
    expect(await open()).toMatchObject({ MediaRegion: 'us-east-1' });
  });
});

describe('two concurrent requests with one ClientRequestToken', () => {
  const world = useEmulator({ createMeetingLatencyMs: 100 });

  it('get the meeting once, and ConflictException once', async () => {
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => openMeeting(world.chime, { ClientRequestToken })),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ name: 'ConflictException' })]);
    expect((await outOfBand(world.emulator, 'GET meetings')).body).toHaveLength(1);
  });

  it('leave a meeting that a repeat returns after the first is done', async () => {
    const first = await openMeeting(world.chime, { ClientRequestToken });
    expect(await openMeeting(world.chime, { ClientRequestToken })).toEqual(first);
  });
});

describe('a repeated token with tokenAfterEnd new-meeting', () => {
  const world = useEmulator({ tokenAfterEnd: 'new-meeting' });

  it('opens a new meeting once the first has ended', async () => {
    const first = await openMeeting(world.chime, { ClientRequestToken });
    expect(await openMeeting(world.chime, { ClientRequestToken })).toEqual(first);
    await advance(world.emulator, 300_000);
    const second = await openMeeting(world.chime, { ClientRequestToken });
    expect(second.MeetingId).not.toBe(first.MeetingId);
    expect(await openMeeting(world.chime, { ClientRequestToken })).toEqual(second);
  });
});

describe('a repeated token with tokenMismatch error', () => {
  const world = useEmulator({ tokenMismatch: 'error' });

  it('is refused with another body and accepted with the same', async () => {
    const first = await openMeeting(world.chime, { ClientRequestToken });
    const other = openMeeting(world.chime, { ClientRequestToken, MediaRegion: 'eu-west-1' });
    expect(await refusalOf(other)).toMatchObject({ name: 'BadRequestException' });
    expect(await openMeeting(world.chime, { ClientRequestToken })).toEqual(first);
  });
});

describe('a repeated token with tokenScope shared', () => {
  const world = useEmulator({ tokenScope: 'shared' });

  it('returns the meeting that the other operation created', async () => {
    const first = await openMeeting(world.chime, { ClientRequestToken });
    const input = { ...meetingInput({ ClientRequestToken }), Attendees: people(1) };
    const { Meeting, Attendees } = await world.chime.createMeetingWithAttendees(input);
    expect({ Meeting, Attendees }).toEqual({ Meeting: first, Attendees: [] });
  });
});
