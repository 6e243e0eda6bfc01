import {
  type AudioVideoFacade,
  type AudioVideoObserver,
  MeetingSessionStatus,
  MeetingSessionStatusCode,
} from 'amazon-chime-sdk-js';
import type { Joined } from '../../client/balcony.ts';
import { type Manager, openSession } from '../../client/react/manager.ts';
import { aGate } from '../support/gate.ts';
import { hurried } from './support.ts';

const JOINED = {
  role: 'viewer',
  Meeting: { MeetingId: 'm', MediaPlacement: { AudioHostUrl: 'a', SignalingUrl: 's', TurnControlUrl: 't' } },
  Attendee: { AttendeeId: 'a', ExternalUserId: 'linus', JoinToken: 'j' },
  clientHints: { attendeePresenceTimeoutMs: 1200 },
} as unknown as Joined;

/** Waits for ever, so that only an event can end a race with it. */
const { deps } = hurried({ during: () => new Promise<never>(() => {}) });

/** The meeting manager of the component library, as far as it leaves: in its own time, and once more after each stop. */
function aManager() {
  const observers: AudioVideoObserver[] = [];
  const session = { addObserver: (observer: AudioVideoObserver) => void observers.push(observer) };
  const listeners = new Set<(audioVideo: AudioVideoFacade | null) => void>();
  const leaving = aGate();
  const joins: unknown[] = [];
  let leaves = 0;
  const manager: Manager = {
    audioVideo: null,
    join: async (configuration, options) => {
      joins.push({ presence: configuration.attendeePresenceTimeoutMs, ...options });
      manager.audioVideo = session as unknown as AudioVideoFacade;
    },
    start: async () => {},
    leave: async () => {
      leaves += 1;
      await leaving.pause();
      manager.audioVideo = null;
      for (const listener of listeners) listener(null);
    },
    subscribeToAudioVideo: (listener) => void listeners.add(listener),
    unsubscribeFromAudioVideo: (listener) => void listeners.delete(listener),
  };
  const stop = (code: MeetingSessionStatusCode) => {
    for (const { audioVideoDidStop } of observers) audioVideoDidStop?.(new MeetingSessionStatus(code));
  };
  return { manager, leaving, joins, stop, leaves: () => leaves, listeners };
}

/** Whether a promise is still pending after every other task that was due. */
async function isPending(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  promise.then(() => {
    isSettled = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return !isSettled;
}

describe('the session that a manager gets', () => {
  it('asks a viewer for no device, unless the options say so', async () => {
    const { manager, joins } = aManager();
    await openSession(manager, JOINED);
    await openSession(manager, JOINED, () => ({ deviceLabels: 2 }));
    await openSession(manager, { ...JOINED, role: 'host' });
    expect(joins).toEqual([
      { presence: 1200, deviceLabels: 1, skipDeviceSelection: true },
      { presence: 1200, deviceLabels: 2, skipDeviceSelection: true },
      { presence: 1200 },
    ]);
  });

  it('is closed after a stop only when the manager has left by itself, and is not left once more', async () => {
    const { manager, leaving, stop, leaves, listeners } = aManager();
    const session = await openSession(manager, JOINED);
    await session.start();
    const left = manager.leave(); // as the manager does after a stop
    stop(MeetingSessionStatusCode.MeetingEnded);
    const closing = session.close(deps);
    expect([await session.stopped, await isPending(closing)]).toEqual(['MeetingEnded', true]);
    leaving.open();
    await Promise.all([left, closing]);
    expect([leaves(), listeners.size]).toEqual([1, 0]);
  });

  it('is closed by the page only when the session has stopped, after which the manager leaves once more', async () => {
    const { manager, leaving, stop, leaves } = aManager();
    const session = await openSession(manager, JOINED);
    await session.start();
    leaving.open();
    const closing = session.close(deps);
    expect([await isPending(closing), leaves()]).toEqual([true, 1]);
    stop(MeetingSessionStatusCode.Left);
    await closing;
  });

  it('is closed at once where it was never started', async () => {
    const { manager, leaving } = aManager();
    const session = await openSession(manager, JOINED);
    leaving.open();
    await session.close(deps);
    expect(manager.audioVideo).toBeNull();
  });
});
