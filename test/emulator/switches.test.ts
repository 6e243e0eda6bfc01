import { admit, meetingInput, openMeeting, people } from './builders.ts';
import { advance, eventTypes, outOfBand, presence } from './out-of-band.ts';
import { refusalOf, UNKNOWN } from './refusals.ts';
import { useEmulator } from './support.ts';

const MINUTE = 60_000;

describe('the option for undocumented behaviour', () => {
  const world = useEmulator();
  const set = (options: object) => outOfBand(world.emulator, 'PUT options', options);
  const ofTwo = () => openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 2 } } });
  const batch = (MeetingId: string, Attendees: { ExternalUserId: string }[]) =>
    world.chime.batchCreateAttendee({ MeetingId, Attendees });

  it('constraintError answers a broken constraint with BadRequestException', async () => {
    await set({ constraintError: 'BadRequestException' });
    expect(await refusalOf(openMeeting(world.chime, { MediaRegion: 'x' }))).toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('1 validation error detected'),
    });
  });

  it('semanticError answers a contradiction with ValidationException', async () => {
    await set({ semanticError: 'ValidationException' });
    expect(await refusalOf(openMeeting(world.chime, { MediaRegion: 'mars-1' }))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it.each(['NotFoundException', 'ForbiddenException'])(
    'primaryError answers a bad primary with %s',
    async (name) => {
      await set({ primaryError: name });
      expect(await refusalOf(openMeeting(world.chime, { PrimaryMeetingId: UNKNOWN }))).toMatchObject({
        name,
      });
    },
  );

  it('replicaFeatures gives a replica that names no features those of its primary', async () => {
    const { MeetingId: PrimaryMeetingId, MeetingFeatures } = await ofTwo();
    const replica = () => openMeeting(world.chime, { PrimaryMeetingId });
    expect((await replica()).MeetingFeatures).toBeUndefined();
    await set({ replicaFeatures: 'of-primary' });
    const { MeetingId, ...opened } = await replica();
    expect(opened.MeetingFeatures).toEqual(MeetingFeatures);
    expect((await batch(MeetingId, people(3))).Errors).toHaveLength(1);
    const own = { Attendee: { MaxCount: 5 } };
    expect(
      (await openMeeting(world.chime, { PrimaryMeetingId, MeetingFeatures: own })).MeetingFeatures,
    ).toEqual(own);
  });

  it('capacityError answers the attendee beyond the capacity with UnprocessableEntityException', async () => {
    await set({ capacityError: 'UnprocessableEntityException' });
    const meeting = await ofTwo();
    await batch(meeting.MeetingId, people(2));
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({
      name: 'UnprocessableEntityException',
      status: 422,
    });
  });

  it('capacityError refuses only the connection beyond the capacity', async () => {
    await set({ capacityError: 'only-at-connect' });
    const meeting = await ofTwo();
    const { Attendees = [], Errors } = await batch(meeting.MeetingId, people(3));
    expect(Errors).toEqual([]);
    const statuses = [];
    for (const { AttendeeId = '' } of Attendees) {
      statuses.push((await presence(world.emulator, { ...meeting, AttendeeId }, 'joined')).status);
    }
    expect(statuses).toEqual([200, 200, 400]);
  });

  it('secondDeleteError answers a second deletion with ForbiddenException', async () => {
    await set({ secondDeleteError: 'ForbiddenException' });
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await world.chime.deleteAttendee(who);
    expect(await refusalOf(world.chime.deleteAttendee(who))).toMatchObject({ name: 'ForbiddenException' });
    await world.chime.deleteMeeting(who);
    expect(await refusalOf(world.chime.deleteMeeting(who))).toMatchObject({ name: 'ForbiddenException' });
  });

  it('highDefinitionWithoutMaxCount caps a high-definition meeting at 25', async () => {
    await set({ highDefinitionWithoutMaxCount: 'cap' });
    await openMeeting(world.chime, { MeetingFeatures: { Video: { MaxResolution: 'FHD' } } });
    expect((await outOfBand(world.emulator, 'GET meetings')).body[0].capacity).toBe(25);
  });

  it('externalUserIdRepeat creates another attendee for a repeated ExternalUserId by default', async () => {
    const meeting = await openMeeting(world.chime);
    const [one, other] = [await admit(world.chime, meeting), await admit(world.chime, meeting)];
    expect(one.AttendeeId).not.toBe(other.AttendeeId);
  });

  it('externalUserIdRepeat returns the same attendee for a repeated ExternalUserId, also in a full meeting', async () => {
    await set({ externalUserIdRepeat: 'same' });
    const meeting = await ofTwo();
    const maria = await admit(world.chime, meeting);
    await admit(world.chime, meeting, 'jens');
    expect(await admit(world.chime, meeting)).toEqual(maria);
  });

  it('duplicatesInBatch refuses the second item with one ExternalUserId', async () => {
    await set({ duplicatesInBatch: 'refuse-item' });
    const { MeetingId } = await openMeeting(world.chime);
    const { Attendees, Errors } = await batch(MeetingId, [...people(2), ...people(1)]);
    expect(Attendees).toHaveLength(2);
    expect(Errors).toMatchObject([{ ExternalUserId: 'viewer-0', ErrorCode: 'BadRequestException' }]);
  });

  it('batchOverCapacity creates no attendee when not all of a batch fit', async () => {
    await set({ batchOverCapacity: 'all-or-nothing' });
    const meeting = await ofTwo();
    expect(await refusalOf(batch(meeting.MeetingId, people(3)))).toMatchObject({
      name: 'LimitExceededException',
    });
    expect((await world.chime.listAttendees(meeting)).Attendees).toEqual([]);
  });

  it('batchOverCapacity counts a repeated ExternalUserId once where repeats return the same attendee', async () => {
    await set({ batchOverCapacity: 'all-or-nothing', externalUserIdRepeat: 'same' });
    const { MeetingId } = await ofTwo();
    const { Attendees = [] } = await batch(MeetingId, [...people(2), ...people(2)]);
    expect(Attendees).toHaveLength(4);
    expect(Attendees.slice(2)).toEqual(Attendees.slice(0, 2));
  });

  it('batchOverCapacity opens no meeting when not all of its attendees fit', async () => {
    await set({ batchOverCapacity: 'all-or-nothing' });
    const MeetingFeatures = { Attendee: { MaxCount: 2 } };
    const creating = world.chime.createMeetingWithAttendees({
      ...meetingInput({ MeetingFeatures }),
      Attendees: people(3),
    });
    expect(await refusalOf(creating)).toMatchObject({ name: 'LimitExceededException' });
    expect((await outOfBand(world.emulator, 'GET meetings')).body).toEqual([]);
  });

  it('attendeesPerCreateMeetingWithAttendees limits the attendees to the number in the guide', async () => {
    await set({ attendeesPerCreateMeetingWithAttendees: 10 });
    const creating = world.chime.createMeetingWithAttendees({ ...meetingInput(), Attendees: people(11) });
    expect(await refusalOf(creating)).toMatchObject({ name: 'ValidationException' });
  });

  it('replicaViewersKeepPrimaryAlive keeps a primary alive while viewers are in its replica', async () => {
    await set({ replicaViewersKeepPrimaryAlive: true });
    const { MeetingId: PrimaryMeetingId } = await openMeeting(world.chime);
    const replica = await openMeeting(world.chime, { PrimaryMeetingId });
    const who = { ...replica, ...(await admit(world.chime, replica)) };
    await presence(world.emulator, who, 'joined');
    await advance(world.emulator, 60 * MINUTE);
    await presence(world.emulator, who, 'left');
    await advance(world.emulator, 4 * MINUTE);
    expect(await world.chime.getMeeting({ MeetingId: PrimaryMeetingId })).toHaveProperty('Meeting');
    await advance(world.emulator, 2 * MINUTE);
    expect(await refusalOf(world.chime.getMeeting(replica))).toMatchObject({ name: 'NotFoundException' });
  });

  it('replicaViewersKeepPrimaryAlive ends it five minutes after the replica with its viewers was deleted', async () => {
    await set({ replicaViewersKeepPrimaryAlive: true });
    const primary = await openMeeting(world.chime);
    const replica = await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    await presence(world.emulator, { ...replica, ...(await admit(world.chime, replica)) }, 'joined');
    await advance(world.emulator, 60 * MINUTE);
    await world.chime.deleteMeeting(replica);
    await advance(world.emulator, 4 * MINUTE);
    expect(await world.chime.getMeeting(primary)).toHaveProperty('Meeting');
    await advance(world.emulator, 2 * MINUTE);
    expect(await refusalOf(world.chime.getMeeting(primary))).toMatchObject({ name: 'NotFoundException' });
  });

  it('meetingStartedEvent reports the start when the first attendee connects', async () => {
    await set({ meetingStartedEvent: 'at-first-join' });
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await presence(world.emulator, who, 'joined');
    expect(await eventTypes(world.emulator)).toEqual([
      'chime:AttendeeAdded',
      'chime:MeetingStarted',
      'chime:AttendeeJoined',
    ]);
  });

  it('cascadeEndedEvents ends replicas with their primary without an event', async () => {
    await set({ cascadeEndedEvents: false });
    const primary = await openMeeting(world.chime);
    await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    await world.chime.deleteMeeting(primary);
    const ended = (await eventTypes(world.emulator)).filter((type) => type === 'chime:MeetingEnded');
    expect(ended).toHaveLength(1);
  });

  it('refusedMediaRegions opens no meeting there, as in a region that the account has not enabled', async () => {
    await set({ refusedMediaRegions: ['eu-south-1'] });
    const open = () => openMeeting(world.chime, { MediaRegion: 'eu-south-1' });
    expect(await refusalOf(open())).toMatchObject({ name: 'BadRequestException', status: 400 });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
    await set({ refusedMediaRegions: [] });
    expect(await open()).toHaveProperty('MeetingId');
  });

  it('fullMediaRegions opens no meeting there until the option is cleared', async () => {
    await set({ fullMediaRegions: ['eu-west-2'] });
    const open = () => openMeeting(world.chime, { MediaRegion: 'eu-west-2' });
    expect(await refusalOf(open())).toMatchObject({ name: 'ServiceUnavailableException', status: 503 });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
    await set({ fullMediaRegions: [] });
    expect(await open()).toHaveProperty('MeetingId');
  });

  it('freshMeetingNotFoundMs does not find a new meeting at first', async () => {
    await set({ freshMeetingNotFoundMs: 30_000 });
    const meeting = await openMeeting(world.chime);
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({ name: 'NotFoundException' });
    await advance(world.emulator, 30_000);
    expect(await admit(world.chime, meeting)).toHaveProperty('JoinToken');
  });

  it('signalingUrlBase and eventIngestionUrl keep every URL on this machine', async () => {
    await set({ signalingUrlBase: 'ws://127.0.0.1:4561', eventIngestionUrl: 'http://127.0.0.1:4562/events' });
    const { MeetingId, MediaPlacement } = await openMeeting(world.chime);
    expect(MediaPlacement).toMatchObject({
      SignalingUrl: `ws://127.0.0.1:4561/control/${MeetingId}`,
      EventIngestionUrl: 'http://127.0.0.1:4562/events',
    });
    expect(JSON.stringify(MediaPlacement)).not.toContain('chime.aws');
  });
});
