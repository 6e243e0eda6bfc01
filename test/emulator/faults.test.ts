import { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';
import { until } from '../../local/until.ts';
import { holdTimers } from '../support/held-timers.ts';
import { meetingInput, openMeeting, people } from './builders.ts';
import { outOfBand } from './out-of-band.ts';
import { refusalOf, UNKNOWN } from './refusals.ts';
import { useEmulator } from './support.ts';

describe('an injected fault', () => {
  const world = useEmulator();
  const inject = (fault: object) =>
    outOfBand(world.emulator, 'POST faults', { operation: 'CreateMeeting', times: 1, ...fault });
  const meetings = async () => (await outOfBand(world.emulator, 'GET meetings')).body.length;
  const calls = async () => (await outOfBand(world.emulator, 'GET calls')).body;
  const withRetries = () =>
    new ChimeSDKMeetings({
      endpoint: world.emulator.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIDEMULATOR', secretAccessKey: 'none' },
      maxAttempts: 2,
    });

  it.each([
    ['throttle', 'ThrottlingException', 429],
    ['error-500', 'ServiceFailureException', 500],
    ['error-503', 'ServiceUnavailableException', 503],
  ])('%s refuses the call as %s, without effect', async (fault, name, status) => {
    await inject({ fault });
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({ name, status });
    expect(await meetings()).toBe(0);
    expect(await calls()).toEqual({ CreateMeeting: { [name]: 1 } });
  });

  it('error-503 carries a Retry-After', async () => {
    await inject({ fault: 'error-503' });
    const refused = world.chime.createMeeting(meetingInput());
    await expect(refused).rejects.toMatchObject({ RetryAfterSeconds: '1' });
  });

  it('timeout-before drops the request before it has an effect', async () => {
    await inject({ fault: 'timeout-before' });
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({ status: undefined });
    expect(await meetings()).toBe(0);
    expect(await calls()).toEqual({ CreateMeeting: { 'timeout-before': 1 } });
  });

  it('timeout-after drops the response, and a repeated request finds the effect', async () => {
    await inject({ fault: 'timeout-after' });
    const input = meetingInput();
    expect(await refusalOf(world.chime.createMeeting(input))).toMatchObject({ status: undefined });
    expect(await meetings()).toBe(1);
    await world.chime.createMeeting(input);
    expect(await meetings()).toBe(1);
    expect(await calls()).toEqual({ CreateMeeting: { 'timeout-after': 1, '200': 1 } });
  });

  it('slow takes effect at once, long before its response', async () => {
    await inject({ fault: 'slow', delayMs: 600_000 });
    const givingUp = new AbortController();
    const lost = refusalOf(world.chime.createMeeting(meetingInput(), { abortSignal: givingUp.signal }));
    await until(async () => (await meetings()) === 1);
    givingUp.abort();
    expect(await lost).toMatchObject({ status: undefined });
  });

  it('applies the given number of times, and only to its operation', async () => {
    await inject({ fault: 'error-500', times: 2 });
    expect(await refusalOf(world.chime.getMeeting({ MeetingId: UNKNOWN }))).toMatchObject({ status: 404 });
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({ status: 500 });
    expect(await refusalOf(openMeeting(world.chime))).toMatchObject({ status: 500 });
    expect(await openMeeting(world.chime)).toHaveProperty('MeetingId');
  });

  it('applies to any operation when it names *', async () => {
    await inject({ operation: '*', fault: 'error-500' });
    expect(await refusalOf(world.chime.getMeeting({ MeetingId: UNKNOWN }))).toMatchObject({ status: 500 });
  });

  it('fail-item fails the named item, and no call without items', async () => {
    await inject({ operation: '*', fault: 'fail-item', item: 2 });
    const { MeetingId } = await openMeeting(world.chime);
    const batch = { MeetingId, Attendees: people(3) };
    const { Attendees, Errors } = await world.chime.batchCreateAttendee(batch);
    expect(Attendees?.map(({ ExternalUserId }) => ExternalUserId)).toEqual(['viewer-0', 'viewer-2']);
    expect(Errors?.map(({ ExternalUserId }) => ExternalUserId)).toEqual(['viewer-1']);
  });

  it('is overcome by the retries of an SDK client, which repeat the request token', async () => {
    await inject({ fault: 'timeout-after' });
    const chime = withRetries();
    await openMeeting(chime);
    chime.destroy();
    expect(await meetings()).toBe(1);
  });
});

describe('an injected slow response', () => {
  const world = useEmulator();
  const timers = holdTimers();
  const meetings = async () => (await outOfBand(world.emulator, 'GET meetings')).body.length;

  it('comes after its delay and not before, while other requests are answered', async () => {
    const fault = { operation: 'CreateMeeting', times: 1, fault: 'slow', delayMs: 80 };
    await outOfBand(world.emulator, 'POST faults', fault);
    let isAnswered = false;
    const opening = openMeeting(world.chime).finally(() => (isAnswered = true));
    await until(async () => (await meetings()) === 1);
    timers.pass(80);
    await openMeeting(world.chime);
    expect(isAnswered).toBe(false);
    timers.pass(1); // a timer may fire a fraction of a millisecond early; a response may not
    expect(await opening).toHaveProperty('MeetingId');
  });
});
