import { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';
import { startEmulator } from 'balcony-chime-emulator';

let emulator;
let chime;
beforeAll(async () => {
  emulator = await startEmulator();
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  chime = new ChimeSDKMeetings({ endpoint: emulator.url, region: 'us-east-1', credentials, maxAttempts: 1 });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  chime.destroy();
  await emulator.stop();
});

const createMeeting = () =>
  chime.createMeeting({
    ClientRequestToken: 'all-hands',
    ExternalMeetingId: 'all-hands',
    MediaRegion: 'eu-central-1',
  });

test('a throttled call fails, and its repetition succeeds', async () => {
  emulator.faults.add({ operation: 'CreateMeeting', fault: 'throttle' });
  await expect(createMeeting()).rejects.toMatchObject({ name: 'ThrottlingException' });
  const { Meeting } = await createMeeting();
  expect(Meeting).toMatchObject({ MediaRegion: 'eu-central-1' });
  expect(emulator.calls().CreateMeeting).toEqual({ ThrottlingException: 1, 200: 1 });
});

test('an idle meeting ends after five minutes, with an event', async () => {
  const { Meeting } = await createMeeting();
  emulator.clock.pass(5 * 60_000);
  await expect(chime.getMeeting({ MeetingId: Meeting.MeetingId })).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  const types = emulator.events.list().map(({ event }) => event.detail.eventType);
  expect(types).toEqual(['chime:MeetingStarted', 'chime:MeetingEnded']);
});
