import type { ChimeSDKMeetings } from '@aws-sdk/client-chime-sdk-meetings';
import { loadCodec } from '../../emulator/signaling/codec.ts';
import type { Frame } from '../../emulator/signaling/frame.ts';
import { type Chance, chanceOf } from '../../simulation/chance.ts';
import { endAll, type Running, run } from '../examples/programs.ts';
import { attack, sendEndlessBody, written } from '../support/hostile-client.ts';
import { attackMedia, mediaEndOf } from '../support/hostile-media.ts';
import { admit, openMeeting } from './builders.ts';
import { closeAll, joinAs, openClient, subscription } from './signaling/client.ts';
import { OFFER } from './signaling/offer.ts';
import { clientAt } from './support.ts';

const MIB = 1_048_576;

/** A process of its own, as a user starts it: what nothing catches would end it. */
let emulator: Running;
let url: string;
let chime: ChimeSDKMeetings;
beforeAll(async () => {
  emulator = run('--import', [
    'tsx',
    'emulator/command-line/cli.ts',
    '--port=0',
    '--signaling',
    '--rate-per-second=1000',
  ]);
  await emulator.says(/Clients join/);
  [, url = ''] = /at (http\S+)/.exec(emulator.output()) ?? [];
  chime = clientAt(url);
});
afterEach(closeAll);
afterAll(() => {
  chime.destroy();
  endAll();
});

/** It answers, and a client can join. */
async function stillServes(): Promise<void> {
  expect(/Error[\s\S]{0,800}/.exec(emulator.output())?.[0] ?? '').toBe('');
  const meeting = await openMeeting(chime);
  await joinAs(meeting, await admit(chime, meeting));
}

describe('a client that sends random bytes and resets its connection at any moment', () => {
  it('does not end the emulator over HTTP, nor by an upgrade to any path', async () => {
    const { MeetingId } = await openMeeting(chime);
    const honest = [
      written('GET', '/_emulator/events'),
      written('GET', `/meetings/${MeetingId}`, {
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b/us-east-1/chime/c',
      }),
      written('POST', `/meetings/${MeetingId}/attendees`, {}, '{"ExternalUserId":"ada"}'),
      written('GET', `/control/${MeetingId}`, {
        upgrade: 'websocket',
        connection: 'Upgrade',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      }),
    ];
    await attack(Number(new URL(url).port), { seed: 2, attacks: 500, honest });
    await stillServes();
  });

  it('does not fill the memory of the emulator with an endless body', async () => {
    const taken = await sendEndlessBody(Number(new URL(url).port), '/meetings', 32 * MIB);
    expect(taken).toBeLessThan(16 * MIB);
    await stillServes();
  });
});

describe('an attendee whose client sends random frames', () => {
  it('does not end the emulator over its signaling connection', async () => {
    const codec = await loadCodec();
    const meeting = await openMeeting(chime);
    for (let n = 0; n < 25; n++) {
      const chance = chanceOf(3, `attendee ${n}`);
      const client = await openClient(meeting, await admit(chime, meeting, `mad-${n}`));
      for (let k = 0; k < 12; k++) client.sendRaw(message(chance, (frame) => codec.encode(frame, 0)));
      if (chance.happens(0.5)) client.drop();
    }
    await stillServes();
  });

  it('does not end the emulator over its media path', async () => {
    for (let n = 0; n < 6; n++) {
      const meeting = await openMeeting(chime);
      const client = await openClient(meeting, await admit(chime, meeting));
      client.send({ type: 'JOIN' });
      client.send(subscription());
      const { suback } = await client.next('SUBSCRIBE_ACK');
      await attackMedia(mediaEndOf(suback?.sdpAnswer ?? ''), chanceOf(4, `media ${n}`), 150);
    }
    await stillServes();
  });
});

const CONTROL: Frame[] = [
  { type: 'JOIN' },
  { type: 'LEAVE', leave: {} },
  { type: 'PING_PONG', pingPong: { type: 'PING', pingId: 1 } },
  { type: 'AUDIO_CONTROL', audioControl: { muted: true } },
  { type: 'PRIMARY_MEETING_LEAVE' } as Frame,
  { type: 'PRIMARY_MEETING_JOIN', primaryMeetingJoin: {} } as Frame,
  subscription(),
  subscription({ camera: true, receiveStreamIds: [0, 1, 99] }),
];

/** A frame as it should be, or changed, or with an offer that was cut and changed, or noise. */
function message(chance: Chance, encode: (frame: Frame) => Uint8Array): Buffer {
  const kind = chance.below(4);
  if (kind === 0) return Buffer.from(Array.from({ length: chance.below(200) }, () => chance.below(256)));
  if (kind === 1) return Buffer.from(encode(withOffer(changedText(chance, OFFER))));
  const bytes = Buffer.from(encode(chance.pick(CONTROL)));
  if (kind === 2)
    for (let n = chance.below(5); n > 0; n--) bytes[chance.below(bytes.length)] = chance.below(256);
  return bytes;
}

function withOffer(sdpOffer: string): Frame {
  const { sub } = subscription();
  return { type: 'SUBSCRIBE', sub: { receiveStreamIds: [], ...sub, sdpOffer } } as Frame;
}

function changedText(chance: Chance, text: string): string {
  const lines = text.split('\n').filter(() => chance.happens(0.9));
  for (let n = chance.below(6); n > 0; n--)
    lines[chance.below(lines.length)] = chance.pick(lines).slice(chance.below(9));
  return lines.join('\n');
}
