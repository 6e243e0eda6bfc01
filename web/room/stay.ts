import type { Balcony } from '../../client/balcony.ts';
import { world } from '../../client/join.ts';
import type { Joined } from '../../client/types.ts';
import { byId } from '../dom.ts';
import { afterStop, pauseBefore, type StopCode } from './after-stop.ts';
import { openDesk } from './desk.ts';
import { devicesOf } from './devices.ts';
import type { Entry } from './entrance.ts';
import { offerHand } from './hand.ts';
import { attempt, tell } from './said.ts';
import { showJoined, showOnly, showWaiting } from './show.ts';
import { showStage } from './stage.ts';

/**
 * Be in a meeting: join, and join again whenever the session stops for a reason that is not final, such as the death
 * of the primary. Resolves to the last piece of news; rejects with what a join was refused with.
 */
export async function stay(balcony: Balcony, entry: Entry, signal: AbortSignal): Promise<string> {
  const chime = import('./session.ts');
  let failures = 0;
  for (;;) {
    const joined = await balcony.join(entry.meeting, {
      ...(entry.mediaRegion && { mediaRegion: entry.mediaRegion }),
      signal,
      onWaiting: showWaiting,
    });
    const { openSession } = await chime;
    const session = openSession(joined);
    let hasStarted = false;
    session.audioVideo.addObserver({ audioVideoDidStart: () => (hasStarted = true) });
    const after = afterStop(await sit({ balcony, entry, joined, session }));
    if (after.next === 'out') return after.news;
    tell(after.news);
    failures = hasStarted ? 0 : failures + 1;
    await world.pause(pauseBefore(failures, world.random()), signal);
  }
}

interface Sitting {
  balcony: Balcony;
  entry: Entry;
  joined: Joined;
  session: ReturnType<typeof import('./session.ts').openSession>;
}

/** One session, from its start to its stop. */
async function sit({ balcony, entry, joined, session }: Sitting): Promise<StopCode> {
  const { audioVideo, stopped } = session;
  const onStage = joined.role !== 'viewer';
  showJoined(entry, joined);
  showStage(session, entry.name);
  const devices = devicesOf(session);
  await devices.allow(onStage);
  const lowerHand = onStage ? () => {} : offerHand({ balcony, visitor: entry, session, devices });
  const closeDesk = openDesk({ balcony, visitor: entry, role: joined.role });
  const leaving = new AbortController();
  const left = new Promise<StopCode>((resolve) => {
    byId('leave').onclick = () =>
      attempt(async () => {
        resolve('Left');
        await balcony.leave(entry.meeting);
      });
  });
  const goAway = () => void balcony.leave(entry.meeting).catch(() => undefined);
  addEventListener('pagehide', goAway, { signal: leaving.signal });
  audioVideo.start();
  const code = await Promise.race([stopped, left]);
  leaving.abort();
  lowerHand();
  closeDesk();
  await session.close();
  showOnly('waiting');
  return code;
}
