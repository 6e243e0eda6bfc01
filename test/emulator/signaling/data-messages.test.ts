import { openMeeting } from '../builders.ts';
import { advance, outOfBand } from '../out-of-band.ts';
import { joinAs, type ScriptedClient } from './client.ts';
import { type Place, type Seat, useSignaling } from './support.ts';

const world = useSignaling();

let primary: Place;
let replica: Place;
let ada: ScriptedClient;
let linus: ScriptedClient;

beforeEach(async () => {
  primary = await openMeeting(world.chime);
  replica = await world.replica(primary);
  ada = await joinAs(primary, await world.admit(primary, 'ada'));
  linus = await joinAs(replica, await world.admit(replica, 'linus'));
});

const set = (options: object) => outOfBand(world.emulator, 'PUT options', options);
const enter = async (meeting: Place, name: string) => joinAs(meeting, await world.admit(meeting, name));

function say(client: ScriptedClient, text: string, { topic = 'chat', lifetimeMs = 0 } = {}): void {
  const messages = [{ topic, data: Buffer.from(text), lifetimeMs }];
  client.send({ type: 'DATA_MESSAGE', dataMessage: { messages } });
}

/** The next messages of a client: senders and texts. */
async function heard(client: ScriptedClient): Promise<string[]> {
  const { dataMessage } = await client.next('DATA_MESSAGE');
  return (dataMessage?.messages ?? []).map(
    ({ senderExternalUserId, data, ingestTimeNs }) =>
      `${senderExternalUserId}: ${Buffer.from(data ?? [])}${ingestTimeNs === 0 ? ' (throttled)' : ''}`,
  );
}

async function promoted(client: ScriptedClient, seat: Seat): Promise<void> {
  const credentials = { attendeeId: seat.AttendeeId, joinToken: seat.JoinToken ?? '' };
  client.send({ type: 'PRIMARY_MEETING_JOIN', primaryMeetingJoin: { credentials } });
  await client.next('PRIMARY_MEETING_JOIN_ACK');
}

describe('data messages', () => {
  it('of people on stage reach all others', async () => {
    const other = await enter(replica, 'bjarne');
    say(ada, 'hello');
    expect(await Promise.all([linus, other].map(heard))).toEqual([['ada: hello'], ['ada: hello']]);
    expect(ada.frames.some(({ type }) => type === 'DATA_MESSAGE')).toBe(false);
  });

  it('of viewers reach no client, and once they are promoted all others', async () => {
    say(linus, 'nobody hears');
    await promoted(linus, await world.admit(primary, 'promoted-linus'));
    say(linus, 'all hear');
    expect(await heard(ada)).toEqual(['promoted-linus: all hear']);
  });

  it('of 2,048 bytes are relayed, and longer ones are lost', async () => {
    say(ada, 'x'.repeat(2049));
    say(ada, 'y'.repeat(2048));
    expect(await heard(linus)).toEqual([`ada: ${'y'.repeat(2048)}`]);
  });
});

describe('a data message with a lifetime', () => {
  it('reaches clients that enter the primary or a replica within it, and no later ones', async () => {
    say(ada, 'kept', { lifetimeMs: 240_000 });
    say(ada, 'not kept');
    expect(await heard(linus)).toEqual(['ada: kept']);
    expect(await heard(linus)).toEqual(['ada: not kept']);
    for (const meeting of [primary, replica])
      expect(await heard(await enter(meeting, 'grace'))).toEqual(['ada: kept']);
    await advance(world.emulator, 240_000);
    const late = await enter(replica, 'late');
    say(ada, 'next');
    expect(await heard(late)).toEqual(['ada: next']);
  });

  it('is kept for five minutes at most', async () => {
    say(ada, 'kept', { lifetimeMs: 3_600_000 });
    await heard(linus);
    await advance(world.emulator, 300_000);
    const late = await enter(replica, 'late');
    say(ada, 'next');
    expect(await heard(late)).toEqual(['ada: next']);
  });

  it('reaches a client that reconnects, unless the client has sent it', async () => {
    const [one, other] = [await world.admit(primary, 'grace'), await world.admit(primary, 'bjarne')];
    const grace = await joinAs(primary, one);
    say(grace, 'mine', { lifetimeMs: 240_000 });
    await heard(linus);
    say(ada, 'hers', { lifetimeMs: 240_000 });
    await heard(linus);
    expect(await heard(await joinAs(primary, one))).toEqual(['ada: hers']);
    expect(await heard(await joinAs(primary, other))).toEqual(['grace: mine', 'ada: hers']);
  });

  it('is one of the last 1,024 of the meeting', async () => {
    await set({ dataMessageBurst: 2000 });
    for (let index = 0; index < 1025; index++) say(ada, `${index}`, { lifetimeMs: 240_000 });
    for (let index = 0; index < 1025; index++) await heard(linus);
    const kept = await heard(await enter(primary, 'late'));
    expect([kept.length, kept[0]]).toEqual([1024, 'ada: 1']);
  });
});

describe('too many data messages', () => {
  it('of a meeting return to their senders as throttled, until its rate allows more', async () => {
    await set({ dataMessageRatePerSecond: 0.001, dataMessageBurst: 1 });
    say(ada, 'first');
    say(ada, 'second');
    expect(await heard(ada)).toEqual(['ada: second (throttled)']);
    await advance(world.emulator, 1_100_000);
    say(ada, 'third');
    expect([await heard(linus), await heard(linus)]).toEqual([['ada: first'], ['ada: third']]);
  });

  it.each(['attendee', 'meeting'])('of one %s are lost, beyond its flood limit', async (who) => {
    await set({ [`${who}FloodRatePerSecond`]: 0, [`${who}FloodBurst`]: 1, dataMessageBurst: 0 });
    say(ada, 'first');
    say(ada, 'second');
    ada.send({ type: 'PING_PONG', pingPong: { type: 'PING', pingId: 1 } });
    await ada.next('PING_PONG');
    const returned = ada.frames.filter(({ type }) => type === 'DATA_MESSAGE');
    expect(returned.map(({ dataMessage }) => `${dataMessage?.messages[0]?.data}`)).toEqual(['first']);
  });
});

describe('the option for undocumented behaviour of data messages', () => {
  it('floodingClient disconnects a client beyond the flood limits', async () => {
    await set({ attendeeFloodBurst: 0, attendeeFloodRatePerSecond: 0, floodingClient: 'disconnected' });
    say(ada, 'one too many');
    expect(await ada.closed).toBe(1006);
  });

  it('reservedTopics relays messages of clients whose topic begins with aws:, which are dropped by default', async () => {
    say(ada, 'dropped', { topic: 'aws:chime:transcription' });
    say(ada, 'relayed');
    expect(await heard(linus)).toEqual(['ada: relayed']);
    await set({ reservedTopics: 'relay' });
    say(ada, 'forged', { topic: 'aws:chime:transcription' });
    expect(await heard(linus)).toEqual(['ada: forged']);
  });

  it('storedMessagesToReplicas keeps stored messages from viewers who enter a replica', async () => {
    await set({ storedMessagesToReplicas: false });
    say(ada, 'kept', { lifetimeMs: 240_000 });
    await heard(linus);
    const late = await enter(replica, 'late');
    say(ada, 'next');
    expect(await heard(late)).toEqual(['ada: next']);
    expect(await heard(await enter(primary, 'grace'))).toEqual(['ada: kept']);
  });
});
