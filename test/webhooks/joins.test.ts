import { createContainer, useContainer } from '../../lib/container.ts';
import { applyEvent } from '../../lib/flows/epoch/apply-event.ts';
import type { Listening } from '../../local/listen.ts';
import { until } from '../../local/until.ts';
import { startWorld, type TestWorld } from '../support/local-world.ts';
import { person, uniqueMeetingId } from '../support/people.ts';
import { startProxy } from '../support/proxy.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { KEY, startWebhookStack, type WebhookStack } from './stack.ts';

let world: TestWorld;
let counter: Listening;
const operations: string[] = [];

/** Point the flows to this DynamoDB, and count their requests. */
async function useTable(url: string): Promise<void> {
  await counter?.close();
  counter = await startProxy(url, ({ operation }) => {
    operations.push(operation);
    return undefined;
  });
  process.env.AWS_ENDPOINT_URL_DYNAMODB = counter.url;
  useContainer(createContainer());
}

beforeAll(async () => {
  world = await startWorld({ engine: 'dynalite', environment: { TOPOLOGY_CACHE_MS: '0' } });
});
afterAll(async () => {
  await counter.close();
  await world.close();
});

/** The requests to DynamoDB of a viewer's join, of a join again, and of a raised hand. */
async function requestsOfViewer(): Promise<string[][]> {
  const name = uniqueMeetingId();
  const host = person(name, 'the-host', { role: 'host' });
  await host.create();
  await host.seat();
  await person(name, 'first').seat();
  const viewer = person(name, 'linus');
  const requests: string[][] = [];
  for (const act of [viewer.seat, viewer.seat, viewer.raise]) {
    operations.length = 0;
    await act();
    requests.push([...operations].sort());
  }
  return requests;
}

describe('with webhooks', () => {
  let receiver: Receiver;
  let stack: WebhookStack;
  afterEach(async () => {
    await receiver.kill();
    await stack.close();
  });

  it('a join makes the same requests as without, and is answered while the endpoint hangs', async () => {
    await useTable(world.dynamodbUrl);
    const without = await requestsOfViewer();
    receiver = await startReceiver(KEY, () => new Promise(() => {}));
    stack = await startWebhookStack({ urls: [receiver.url], dynamodbUrl: world.dynamodbUrl });
    await useTable(stack.dynamodbUrl);
    expect(await requestsOfViewer()).toEqual(without);
    expect(without[0]).not.toEqual([]);
    await until(() => receiver.came.length > 0);
  });

  it('the flows of a meeting tell its story, each part once', async () => {
    receiver = await startReceiver(KEY);
    stack = await startWebhookStack({ urls: [receiver.url], dynamodbUrl: world.dynamodbUrl });
    await useTable(stack.dynamodbUrl);
    const name = uniqueMeetingId();
    const host = person(name, 'the-host', { role: 'host' });
    await host.create({ maxReplicas: 1, meetingFeatures: { Attendee: { MaxCount: 5 } } });
    await host.seat();
    const linus = person(name, 'linus');
    await linus.seat();
    for (const viewer of ['zoe', 'vic', 'kim', 'bo']) await person(name, viewer).seat();
    await person(name, 'one-too-many')
      .join()
      .catch(() => {});
    await linus.raise();
    await host.promote('linus');
    await host.demote('linus');
    await host.end();
    const types = () => receiver.came.map(({ event }) => event.type);
    await until(() => types().includes('meeting.ended'));
    await until(() => stack.queue.waiting() === 0);
    const story = [...receiver.came]
      .sort((a, b) => Number(BigInt(a.event.sequence) - BigInt(b.event.sequence)))
      .map(({ event }) => event.type);
    expect(story).toEqual([
      'epoch.started',
      'meeting.live',
      'replica.opened',
      'seats.short',
      'meeting.full',
      'hand.raised',
      'hand.lowered',
      'promotion.granted',
      'promotion.revoked',
      'replica.closed',
      'meeting.ended',
    ]);
    expect(new Set(receiver.came.map(({ event }) => event.data.externalMeetingId))).toEqual(new Set([name]));
    expect(JSON.stringify(receiver.came)).not.toMatch(/JoinToken|_aws|MeetingId":"[0-9a-f]{8}-/);
  });

  it('Chime’s events about a viewer tell that the viewer joined and left, each once', async () => {
    receiver = await startReceiver(KEY);
    stack = await startWebhookStack({ urls: [receiver.url], dynamodbUrl: world.dynamodbUrl });
    await useTable(stack.dynamodbUrl);
    const externalMeetingId = uniqueMeetingId();
    const host = person(externalMeetingId, 'the-host', { role: 'host' });
    await host.create();
    await host.seat();
    const { Meeting, Attendee } = await person(externalMeetingId, 'linus').seat();
    const now = Date.now();
    const apply = (kind: string, at: number) =>
      applyEvent(
        {
          eventType: `chime:Attendee${kind}`,
          timestamp: at,
          meetingId: Meeting.MeetingId,
          externalMeetingId,
          attendeeId: Attendee.AttendeeId,
          externalUserId: Attendee.ExternalUserId,
        },
        now,
      );
    await apply('Authorized', now + 1);
    await apply('Joined', now + 2);
    await apply('Joined', now + 2);
    await apply('Dropped', now + 5);
    await apply('Left', now + 6);
    const people = () =>
      receiver.came.flatMap(({ event }) =>
        (event.data.participants ?? []).map((one: { occurredAt: string }) => ({ ...one, type: event.type })),
      );
    await until(() => people().length === 2);
    const about = { externalUserId: 'linus', role: 'viewer', epoch: 1, on: 'audience', ordinal: 0 };
    expect(people()).toEqual([
      expect.objectContaining({
        ...about,
        type: 'participant.joined',
        occurredAt: new Date(now + 1).toISOString(),
      }),
      expect.objectContaining({ ...about, type: 'participant.left', because: 'dropped' }),
    ]);
  });
});
