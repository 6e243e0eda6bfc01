import { once } from 'node:events';
import type { Attendee, Meeting } from '@aws-sdk/client-chime-sdk-meetings';
import { WebSocket } from 'ws';
import { type Codec, loadCodec } from '../../../emulator/signaling/codec.ts';
import type { Frame, FrameType, StreamInfo } from '../../../emulator/signaling/frame.ts';
import { OFFER } from './offer.ts';

/** A client without media: it says what the real one says, when the test says so. */
export interface ScriptedClient {
  /** Every frame that came, oldest first; volumes and the answers to pings apart. */
  frames: Frame[];
  /** Names of those who are here, by what it was told. */
  present(): string[];
  send(frame: Frame): void;
  sendRaw(message: Buffer): void;
  /** Wait for a frame of this type that was not waited for before. */
  next(type: FrameType): Promise<Frame>;
  /** Wait until it has been told who is here, and they are these. */
  untilPresent(...names: string[]): Promise<void>;
  untilMuted(name: string): Promise<void>;
  closed: Promise<number>;
  leave(): Promise<void>;
  drop(): void;
}

const opened = new Set<WebSocket>();

/** End the sockets that a test left open. */
export function closeAll(): void {
  for (const socket of opened) socket.terminate();
  opened.clear();
}

/** Open a socket with a join response, and say nothing yet. */
export async function openClient(
  meeting: Meeting,
  { JoinToken }: Attendee,
  suffix = '',
): Promise<ScriptedClient> {
  const codec = await loadCodec();
  const url = `${meeting.MediaPlacement?.SignalingUrl}?X-Chime-Control-Protocol-Version=3`;
  const socket = new WebSocket(url, ['_aws_wt_session', `${JoinToken}${suffix}`]);
  opened.add(socket);
  const client = listen(socket, codec);
  await Promise.race([once(socket, 'open'), client.closed]);
  return client;
}

/** Join as the real client does: join, subscribe, and see who is here. */
export async function joinAs(meeting: Meeting, attendee: Attendee, suffix = ''): Promise<ScriptedClient> {
  const client = await openClient(meeting, attendee, suffix);
  client.send({ type: 'JOIN' });
  await client.next('INDEX');
  client.send(subscription());
  await client.next('SUBSCRIBE_ACK');
  return client;
}

/** What a client asks that only listens; or sends its camera as well. */
export function subscription({ camera = false, audioMuted = false, receiveStreamIds = [0] } = {}): Frame {
  const sendStreams = camera ? [{ mediaType: 'VIDEO' as const, maxBitrateKbps: 600, framerate: 15 }] : [];
  const duplex = camera ? 'DUPLEX' : 'RX';
  return { type: 'SUBSCRIBE', sub: { duplex, sendStreams, receiveStreamIds, sdpOffer: OFFER, audioMuted } };
}

const UNASKED: FrameType[] = ['AUDIO_METADATA'];

function listen(socket: WebSocket, codec: Codec): ScriptedClient {
  const frames: Frame[] = [];
  const seen = new Map<number, StreamInfo>();
  let taken = 0;
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('message', (message: Buffer) => {
    const frame = codec.decode(message);
    if (UNASKED.includes(frame.type)) return;
    frames.push(frame);
    remember(seen, frame);
  });
  socket.on('error', () => {});
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await Promise.race([once(socket, 'message'), closed.then(() => fail(isTrue()))]);
  };
  const present = () => [...seen.values()].map(({ externalUserId = '' }) => externalUserId);
  const send = (frame: Frame) => socket.send(codec.encode(frame, Date.now()));
  const next = async (type: FrameType) => {
    await until(() => frames.slice(taken).some((frame) => frame.type === type));
    taken += frames.slice(taken).findIndex((frame) => frame.type === type) + 1;
    return frames[taken - 1] as Frame;
  };
  const untilPresent = (...names: string[]) => until(() => `${present().sort()}` === `${names.sort()}`);
  const isMuted = (name: string) =>
    [...seen.values()].some((each) => each.externalUserId === name && each.muted);
  const untilMuted = (name: string) => until(() => isMuted(name));
  const leave = async () => {
    send({ type: 'LEAVE', leave: {} });
    await next('LEAVE_ACK');
    socket.close();
  };
  const drop = () => socket.terminate();
  const sendRaw = (message: Buffer) => socket.send(message);
  return { frames, present, send, sendRaw, next, untilPresent, untilMuted, closed, leave, drop };
}

function fail(isTrue: boolean): void {
  if (!isTrue) throw new Error('The socket was closed before what the test waits for');
}

function remember(seen: Map<number, StreamInfo>, { audioStreamIdInfo }: Frame): void {
  for (const info of audioStreamIdInfo?.streams ?? []) {
    const known = seen.get(info.audioStreamId);
    if (info.attendeeId) seen.set(info.audioStreamId, info);
    else if (info.muted === undefined) seen.delete(info.audioStreamId);
    else seen.set(info.audioStreamId, { ...known, ...info });
  }
}
