import { admit, openMeeting } from './builders.ts';
import { advance, eventTypes, outOfBand, presence } from './out-of-band.ts';
import { refusalOf, UNKNOWN } from './refusals.ts';
import { clientOf, useEmulator } from './support.ts';

const HOUR = 3_600_000;

describe('the creation of a replica', () => {
  const world = useEmulator();
  const replicaOf = (PrimaryMeetingId: string, more = {}) =>
    openMeeting(world.chime, { PrimaryMeetingId, ...more });

  it('names its primary, and may be in any media region', async () => {
    const primary = await openMeeting(world.chime);
    const replica = await replicaOf(primary.MeetingId, { MediaRegion: 'ap-southeast-2' });
    expect(replica).toMatchObject({ PrimaryMeetingId: primary.MeetingId, MediaRegion: 'ap-southeast-2' });
    expect(replica.MeetingId).not.toBe(primary.MeetingId);
    expect(primary.PrimaryMeetingId).toBeUndefined();
  });

  it('is refused for a primary that never existed', async () => {
    expect(await refusalOf(replicaOf(UNKNOWN))).toMatchObject({ name: 'BadRequestException', status: 400 });
  });

  it('is refused for a primary that has ended', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    await world.chime.deleteMeeting({ MeetingId });
    expect(await refusalOf(replicaOf(MeetingId))).toMatchObject({ name: 'BadRequestException' });
  });

  it('is refused for a primary that is a replica itself', async () => {
    const replica = await replicaOf((await openMeeting(world.chime)).MeetingId);
    expect(await refusalOf(replicaOf(replica.MeetingId))).toMatchObject({ name: 'BadRequestException' });
  });

  it('is refused for a primary of another control region', async () => {
    const elsewhere = clientOf(world.emulator, { controlRegion: 'eu-central-1' });
    const { MeetingId } = await openMeeting(elsewhere, { MediaRegion: 'eu-central-1' });
    expect(await refusalOf(replicaOf(MeetingId))).toMatchObject({ name: 'BadRequestException' });
  });

  it('is refused for the fifth of one primary, and allowed once another has ended', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    const replicas = [];
    for (let made = 0; made < 4; made++) replicas.push(await replicaOf(MeetingId));
    expect(await refusalOf(replicaOf(MeetingId))).toMatchObject({
      name: 'LimitExceededException',
      status: 400,
    });
    await world.chime.deleteMeeting({ MeetingId: replicas[0]?.MeetingId });
    expect(await replicaOf(MeetingId)).toMatchObject({ PrimaryMeetingId: MeetingId });
  });
});

describe('a replica', () => {
  const world = useEmulator();
  const topology = async () => {
    const primary = await openMeeting(world.chime);
    const replica = await openMeeting(world.chime, { PrimaryMeetingId: primary.MeetingId });
    return { primary, replica };
  };
  const join = async (meeting: { MeetingId: string }) => {
    const { AttendeeId } = await admit(world.chime, meeting);
    await presence(world.emulator, { ...meeting, AttendeeId }, 'joined');
  };
  const statuses = async () => {
    const { body } = await outOfBand(world.emulator, 'GET meetings');
    return body.map(({ status }: { status: string }) => status);
  };
  const endedAts = async () => {
    const { body } = await outOfBand(world.emulator, 'GET meetings');
    return body.map(({ endedAt }: { endedAt: number }) => endedAt);
  };

  it('does not end of idleness while its primary lives', async () => {
    const { primary } = await topology();
    await join(primary);
    await advance(world.emulator, HOUR);
    expect(await statuses()).toEqual(['live', 'live']);
  });

  it('ends with its primary, at the same instant, with viewers connected', async () => {
    const { replica } = await topology();
    await join(replica);
    await advance(world.emulator, HOUR);
    const [primaryEnd, replicaEnd] = await endedAts();
    expect(primaryEnd).toEqual(expect.any(Number));
    expect(replicaEnd).toBe(primaryEnd);
  });

  it('reports its end after that of its primary', async () => {
    const { primary } = await topology();
    await world.chime.deleteMeeting(primary);
    expect((await eventTypes(world.emulator)).slice(-2)).toEqual([
      'chime:MeetingEnded',
      'chime:MeetingEnded',
    ]);
  });

  it('may be deleted without its primary', async () => {
    const { replica } = await topology();
    await world.chime.deleteMeeting(replica);
    expect(await statuses()).toEqual(['live', 'ended']);
  });
});

describe('a control region', () => {
  const world = useEmulator();
  const open = (controlRegion: string, MediaRegion: string) =>
    openMeeting(clientOf(world.emulator, { controlRegion }), { MediaRegion });

  it.each([
    ['af-south-1', 'eu-west-1'],
    ['il-central-1', 'eu-west-1'],
    ['us-east-1', 'us-gov-west-1'],
    ['us-gov-west-1', 'us-east-1'],
  ])('%s cannot host media in %s', async (controlRegion, mediaRegion) => {
    expect(await refusalOf(open(controlRegion, mediaRegion))).toMatchObject({ name: 'BadRequestException' });
  });

  it.each([
    ['af-south-1', 'af-south-1'],
    ['il-central-1', 'il-central-1'],
    ['us-east-1', 'af-south-1'],
    ['us-gov-west-1', 'us-gov-east-1'],
  ])('%s can host media in %s', async (controlRegion, mediaRegion) => {
    expect(await open(controlRegion, mediaRegion)).toMatchObject({ MediaRegion: mediaRegion });
  });

  it('is marked in its MeetingIds and ARNs, and does not find the meetings of another', async () => {
    const meeting = await open('eu-central-1', 'eu-central-1');
    expect(meeting.MeetingId).toMatch(/7979$/);
    expect(meeting.MeetingArn).toContain('arn:aws:chime:eu-central-1:111122223333:meeting/');
    expect(await refusalOf(world.chime.getMeeting(meeting))).toMatchObject({ name: 'NotFoundException' });
    const ResourceARN = meeting.MeetingArn;
    expect(await refusalOf(world.chime.listTagsForResource({ ResourceARN }))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
