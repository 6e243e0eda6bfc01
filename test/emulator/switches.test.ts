import { admit, meetingInput, openMeeting, people } from './builders.ts';
import { advance, eventTypes, outOfBand, presence } from './out-of-band.ts';
import { refusalOf, UNKNOWN } from './refusals.ts';
import { useEmulator } from './support.ts';

const MINUTE = 60_000;

describe('what is not documented can be switched', () => {
  const world = useEmulator();
  const set = (options: object) => outOfBand(world.emulator, 'PUT options', options);
  const ofTwo = () => openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 2 } } });
  const batch = (MeetingId: string, Attendees: { ExternalUserId: string }[]) =>
    world.chime.batchCreateAttendee({ MeetingId, Attendees });

  it('constraintError: a broken constraint is a BadRequestException', async () => {
    await set({ constraintError: 'BadRequestException' });
    expect(await refusalOf(openMeeting(world.chime, { MediaRegion: 'x' }))).toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('1 validation error detected'),
    });
  });

  it('semanticError: a contradiction is a ValidationException', async () => {
    await set({ semanticError: 'ValidationException' });
    expect(await refusalOf(openMeeting(world.chime, { MediaRegion: 'mars-1' }))).toMatchObject({
      name: 'ValidationException',
    });
  });

  it.each(['NotFoundException', 'ForbiddenException'])(
    'primaryError: a bad primary is a %s',
    async (name) => {
      await set({ primaryError: name });
      expect(await refusalOf(openMeeting(world.chime, { PrimaryMeetingId: UNKNOWN }))).toMatchObject({
        name,
      });
    },
  );

  it('replicaFeatures: a replica that names no features has those of its primary', async () => {
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

  it('capacityError: the attendee too many is an UnprocessableEntityException', async () => {
    await set({ capacityError: 'UnprocessableEntityException' });
    const meeting = await ofTwo();
    await batch(meeting.MeetingId, people(2));
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({
      name: 'UnprocessableEntityException',
      status: 422,
    });
  });

  it('capacityError: only the connection too many is refused', async () => {
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

  it('secondDeleteError: what is deleted is forbidden', async () => {
    await set({ secondDeleteError: 'ForbiddenException' });
    const meeting = await openMeeting(world.chime);
    const who = { ...meeting, ...(await admit(world.chime, meeting)) };
    await world.chime.deleteAttendee(who);
    expect(await refusalOf(world.chime.deleteAttendee(who))).toMatchObject({ name: 'ForbiddenException' });
    await world.chime.deleteMeeting(who);
    expect(await refusalOf(world.chime.deleteMeeting(who))).toMatchObject({ name: 'ForbiddenException' });
  });

  it('highDefinitionWithoutMaxCount: the meeting is capped at 25', async () => {
    await set({ highDefinitionWithoutMaxCount: 'cap' });
    await openMeeting(world.chime, { MeetingFeatures: { Video: { MaxResolution: 'FHD' } } });
    expect((await outOfBand(world.emulator, 'GET meetings')).body[0].capacity).toBe(25);
  });

  it('externalUserIdRepeat: by default the same name is another attendee', async () => {
    const meeting = await openMeeting(world.chime);
    const [one, other] = [await admit(world.chime, meeting), await admit(world.chime, meeting)];
    expect(one.AttendeeId).not.toBe(other.AttendeeId);
  });

  it('externalUserIdRepeat: the same name is the same attendee, also in a full meeting', async () => {
    await set({ externalUserIdRepeat: 'same' });
    const meeting = await ofTwo();
    const maria = await admit(world.chime, meeting);
    await admit(world.chime, meeting, 'jens');
    expect(await admit(world.chime, meeting)).toEqual(maria);
  });

  it('duplicatesInBatch: the second of a name is refused', async () => {
    await set({ duplicatesInBatch: 'refuse-item' });
    const { MeetingId } = await openMeeting(world.chime);
    const { Attendees, Errors } = await batch(MeetingId, [...people(2), ...people(1)]);
    expect(Attendees).toHaveLength(2);
    expect(Errors).toMatchObject([{ ExternalUserId: 'viewer-0', ErrorCode: 'BadRequestException' }]);
  });

  it('batchOverCapacity: nobody is made when not everybody fits', async () => {
    await set({ batchOverCapacity: 'all-or-nothing' });
    const meeting = await ofTwo();
    expect(await refusalOf(batch(meeting.MeetingId, people(3)))).toMatchObject({
      name: 'LimitExceededException',
    });
    expect((await world.chime.listAttendees(meeting)).Attendees).toEqual([]);
  });

  it('batchOverCapacity: one person named twice takes one seat where repeats are the same', async () => {
    await set({ batchOverCapacity: 'all-or-nothing', externalUserIdRepeat: 'same' });
    const { MeetingId } = await ofTwo();
    const { Attendees = [] } = await batch(MeetingId, [...people(2), ...people(2)]);
    expect(Attendees).toHaveLength(4);
    expect(Attendees.slice(2)).toEqual(Attendees.slice(0, 2));
  });

  it('batchOverCapacity: no meeting is opened when not everybody fits', async () => {
    await set({ batchOverCapacity: 'all-or-nothing' });
    const MeetingFeatures = { Attendee: { MaxCount: 2 } };
    const creating = world.chime.createMeetingWithAttendees({
      ...meetingInput({ MeetingFeatures }),
      Attendees: people(3),
    });
    expect(await refusalOf(creating)).toMatchObject({ name: 'LimitExceededException' });
    expect((await outOfBand(world.emulator, 'GET meetings')).body).toEqual([]);
  });

  it('attendeesPerCreateMeetingWithAttendees: as few as the guide says', async () => {
    await set({ attendeesPerCreateMeetingWithAttendees: 10 });
    const creating = world.chime.createMeetingWithAttendees({ ...meetingInput(), Attendees: people(11) });
    expect(await refusalOf(creating)).toMatchObject({ name: 'ValidationException' });
  });

  it('replicaViewersKeepPrimaryAlive: viewers are company for the primary', async () => {
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

  it('replicaViewersKeepPrimaryAlive: they were company until their replica was deleted', async () => {
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

  it('meetingStartedEvent: told when the first one joins', async () => {
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

  it('cascadeEndedEvents: replicas end without a word', async () => {
    await set({ cascadeEndedEvents: false });
    const primary = await openMeeting(world.chime);
    await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    await world.chime.deleteMeeting(primary);
    const ended = (await eventTypes(world.emulator)).filter((type) => type === 'chime:MeetingEnded');
    expect(ended).toHaveLength(1);
  });

  it('refusedMediaRegions: no meeting is opened there, as in a region that the account has not enabled', async () => {
    await set({ refusedMediaRegions: ['eu-south-1'] });
    const open = () => openMeeting(world.chime, { MediaRegion: 'eu-south-1' });
    expect(await refusalOf(open())).toMatchObject({ name: 'BadRequestException', status: 400 });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
    await set({ refusedMediaRegions: [] });
    expect(await open()).toHaveProperty('MeetingId');
  });

  it('fullMediaRegions: no meeting is opened there until there is room again', async () => {
    await set({ fullMediaRegions: ['eu-west-2'] });
    const open = () => openMeeting(world.chime, { MediaRegion: 'eu-west-2' });
    expect(await refusalOf(open())).toMatchObject({ name: 'ServiceUnavailableException', status: 503 });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
    await set({ fullMediaRegions: [] });
    expect(await open()).toHaveProperty('MeetingId');
  });

  it('freshMeetingNotFoundMs: a new meeting is not found at once', async () => {
    await set({ freshMeetingNotFoundMs: 30_000 });
    const meeting = await openMeeting(world.chime);
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({ name: 'NotFoundException' });
    await advance(world.emulator, 30_000);
    expect(await admit(world.chime, meeting)).toHaveProperty('JoinToken');
  });

  it('signalingUrlBase and eventIngestionUrl: no URL leaves this machine', async () => {
    await set({ signalingUrlBase: 'ws://127.0.0.1:4561', eventIngestionUrl: 'http://127.0.0.1:4562/events' });
    const { MeetingId, MediaPlacement } = await openMeeting(world.chime);
    expect(MediaPlacement).toMatchObject({
      SignalingUrl: `ws://127.0.0.1:4561/control/${MeetingId}`,
      EventIngestionUrl: 'http://127.0.0.1:4562/events',
    });
    expect(JSON.stringify(MediaPlacement)).not.toContain('chime.aws');
  });
});
