import type { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';
import { admit, openMeeting, people } from './builders.ts';
import { advance, outOfBand } from './out-of-band.ts';
import { refusalOf, UNKNOWN } from './refusals.ts';
import { clientOf, useEmulator } from './support.ts';

/** Send this many GetMeeting requests at once. Returns how often each error occurred. */
async function rush(chime: ChimeSDKMeetings, many: number): Promise<Record<string, number>> {
  const asked = Array.from({ length: many }, () => refusalOf(chime.getMeeting({ MeetingId: UNKNOWN })));
  const counts: Record<string, number> = {};
  for (const { name } of await Promise.all(asked)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

describe('the rate quota of an operation', () => {
  const world = useEmulator();

  it('allows a burst of 20 calls and refuses the rest', async () => {
    await outOfBand(world.emulator, 'PUT options', { ratePerSecond: 0 });
    expect(await rush(world.chime, 60)).toEqual({ NotFoundException: 20, ThrottlingException: 40 });
  });

  it('refuses with 429 and the words "Rate exceeded"', async () => {
    await outOfBand(world.emulator, 'PUT options', { ratePerSecond: 0, burst: 1 });
    await rush(world.chime, 1);
    expect(await refusalOf(world.chime.getMeeting({ MeetingId: UNKNOWN }))).toEqual({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      status: 429,
    });
  });

  it('refills with the emulated time, up to the burst', async () => {
    await outOfBand(world.emulator, 'PUT options', { ratePerSecond: 0.01 });
    await rush(world.chime, 20);
    await advance(world.emulator, 500_000);
    expect(await rush(world.chime, 30)).toEqual({ NotFoundException: 5, ThrottlingException: 25 });
    await advance(world.emulator, 10_000_000);
    expect(await rush(world.chime, 30)).toEqual({ NotFoundException: 20, ThrottlingException: 10 });
  });

  it('does not affect other operations, control regions and accounts', async () => {
    await outOfBand(world.emulator, 'PUT options', { ratePerSecond: 0 });
    await rush(world.chime, 20);
    expect(await refusalOf(world.chime.deleteMeeting({ MeetingId: UNKNOWN }))).toMatchObject({ status: 404 });
    for (const more of [{ controlRegion: 'us-west-2' }, { accessKeyId: '444455556666' }]) {
      expect(await rush(clientOf(world.emulator, more), 1)).toEqual({ NotFoundException: 1 });
    }
  });
});

describe('further rate quotas', () => {
  const world = useEmulator({
    ratePerSecond: 0,
    quotaByOperation: { GetMeeting: { ratePerSecond: 0, burst: 3 } },
  });

  it('apply to the operation that they name', async () => {
    expect(await rush(world.chime, 5)).toEqual({ NotFoundException: 3, ThrottlingException: 2 });
  });

  it('may limit all operations together', async () => {
    await outOfBand(world.emulator, 'PUT options', { aggregateRatePerSecond: 0.001, aggregateBurst: 2 });
    await openMeeting(world.chime);
    await rush(world.chime, 1);
    expect(await rush(world.chime, 1)).toEqual({ ThrottlingException: 1 });
  });
});

describe('the quota of live meetings', () => {
  const world = useEmulator({ concurrentMeetings: 2 });

  it('counts replicas, and no ended meeting', async () => {
    const { MeetingId } = await openMeeting(world.chime);
    const replica = await openMeeting(world.chime, { PrimaryMeetingId: MeetingId });
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({
      name: 'LimitExceededException',
      status: 400,
    });
    await world.chime.deleteMeeting(replica);
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
  });

  it('is separate for every control region', async () => {
    for (let made = 0; made < 2; made++) await openMeeting(world.chime);
    const elsewhere = clientOf(world.emulator, { controlRegion: 'us-west-2' });
    expect(await openMeeting(elsewhere)).toHaveProperty('MeetingId');
  });

  it('does not count replicas where the option says so', async () => {
    await outOfBand(world.emulator, 'PUT options', { replicasCountAsMeetings: false });
    const { MeetingId: PrimaryMeetingId } = await openMeeting(world.chime);
    for (let made = 0; made < 3; made++) await openMeeting(world.chime, { PrimaryMeetingId });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({ name: 'LimitExceededException' });
  });
});

describe('the capacity of a meeting', () => {
  const world = useEmulator();
  const fill = (MeetingId: string, many: number) =>
    world.chime.batchCreateAttendee({ MeetingId, Attendees: people(many) });

  it('is 250 attendees, connected or not', async () => {
    const meeting = await openMeeting(world.chime);
    for (const many of [100, 100, 50]) await fill(meeting.MeetingId, many);
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({
      name: 'LimitExceededException',
      status: 400,
    });
  });

  it('is the MaxCount of the meeting', async () => {
    const meeting = await openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 3 } } });
    await fill(meeting.MeetingId, 3);
    expect(await refusalOf(admit(world.chime, meeting))).toMatchObject({ name: 'LimitExceededException' });
  });

  it('splits a batch: attendees that fit are created, the rest are errors', async () => {
    const { MeetingId } = await openMeeting(world.chime, { MeetingFeatures: { Attendee: { MaxCount: 2 } } });
    const { Attendees, Errors } = await fill(MeetingId, 3);
    expect(Attendees?.map(({ ExternalUserId }) => ExternalUserId)).toEqual(['viewer-0', 'viewer-1']);
    expect(Errors).toEqual([
      {
        ExternalUserId: 'viewer-2',
        ErrorCode: 'LimitExceededException',
        ErrorMessage: 'Attendee limit exceeded',
      },
    ]);
  });
});
