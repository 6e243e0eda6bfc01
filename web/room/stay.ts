import type { Balcony, Joined } from '../../client/balcony.ts';
import { browserDeps } from '../../client/join.ts';
import { type Reporter, reporter } from '../../client/report.ts';
import { pauseBefore } from '../../client/stay/after-stop.ts';
import type { StopCode } from '../../client/stay/chime.ts';
import { measureStay } from '../../client/stay/measure.ts';
import { byId } from '../dom.ts';
import { afterStop } from './after-stop.ts';
import { captionsDesk } from './captions/desk.ts';
import { type CaptionMemory, captionMemory, showCaptions } from './captions/show.ts';
import { openDesk } from './desk.ts';
import { showDetails } from './details.ts';
import { devicesOf } from './devices.ts';
import type { Entry } from './entrance.ts';
import { type Hand, offerHand } from './hand.ts';
import { heedMuting, hint, onHint } from './hints.ts';
import { tell } from './said.ts';
import type { Session } from './session.ts';
import { showJoined, showOnly, showWaiting } from './show.ts';
import { showStage } from './stage.ts';
import { SPREAD_MS } from './stage-names.ts';

/**
 * Stays in a meeting: joins, and joins again whenever the session stops for a reason that is not final, such as the death of
 * the primary. Resolves to the last message; rejects with the refusal of a join.
 */
export async function stay(balcony: Balcony, entry: Entry, signal: AbortSignal): Promise<string> {
  const open: { reports?: Reporter } = {};
  const goAway = () => {
    open.reports?.close();
    balcony.leave(entry.meeting).catch(() => undefined);
  };
  addEventListener('pagehide', goAway); // also during a join, which may have taken a seat
  try {
    return await stayIn(balcony, { entry, open }, signal);
  } finally {
    removeEventListener('pagehide', goAway);
  }
}

async function stayIn(
  balcony: Balcony,
  { entry, open }: { entry: Entry; open: { reports?: Reporter } },
  signal: AbortSignal,
): Promise<string> {
  const chime = import('./session.ts');
  const hand: Hand = { isUp: false };
  const memory = captionMemory();
  const measuring = measureStay();
  let failures = 0;
  for (;;) {
    const joined = await balcony.join(entry.meeting, {
      ...(entry.mediaRegion && { mediaRegion: entry.mediaRegion }),
      ...(entry.displayName && { displayName: entry.displayName }),
      signal,
      onWaiting: (waiting) => {
        measuring.waiting(waiting);
        showWaiting(waiting);
      },
    });
    const { openSession } = await chime;
    const session = openSession(joined);
    const reports = reporter(balcony, entry.meeting, joined);
    open.reports = reports;
    const stopped = measuring.session(session.audioVideo, reports.add);
    let hasStarted = false;
    session.audioVideo.addObserver({ audioVideoDidStart: () => (hasStarted = true) });
    const told = { isRemoved: false };
    const self = { ...entry, name: joined.externalUserId };
    const code = await sit({ balcony, entry: self, joined, session, hand, memory, told });
    stopped(code);
    reports.close();
    const after = afterStop(code, told.isRemoved);
    if (after.next === 'out') return after.news;
    tell(after.news);
    failures = hasStarted ? 0 : failures + 1;
    await browserDeps.pause(pauseBefore(failures, browserDeps.random()), signal);
  }
}

interface Sitting {
  balcony: Balcony;
  entry: Entry;
  joined: Joined;
  session: Session;
  hand: Hand;
  memory: CaptionMemory;
  /** What hosts' pages announced about this session. */
  told: { isRemoved: boolean };
}

/** Runs one session, from its start to its stop. */
async function sit(sitting: Sitting): Promise<StopCode> {
  const { balcony, entry, session } = sitting;
  const clear = await furnish(sitting);
  session.audioVideo.start();
  const code = await Promise.race([session.stopped, onLeave(balcony, entry.meeting)]);
  clear();
  await session.close();
  showOnly('waiting');
  return code;
}

/** Sets up the controls for the person's role. Returns a function that removes them. */
async function furnish(sitting: Sitting): Promise<() => void> {
  const { balcony, entry, joined, session, hand, told } = sitting;
  const { role } = joined;
  showJoined(entry, joined);
  showDetails(joined, () => balcony.topology(entry.meeting));
  const stage = showStage(session, {
    self: joined.displayName ?? joined.externalUserId,
    look: () => balcony.topology(entry.meeting, { stage: true }),
    spreadMs: SPREAD_MS[role],
  });
  const closeCaptions = offerCaptions(sitting, stage.nameOf);
  const devices = devicesOf(session);
  await devices.allow(role !== 'viewer');
  const isReturn = joined.promoted === true;
  const seat =
    role === 'viewer' ? offerHand({ isReturn, balcony, visitor: entry, session, devices }, hand) : undefined;
  await onHint(session, entry, (what) => {
    if (what === 'removed') told.isRemoved = true;
    else if (what === 'on-stage') seat?.called();
    else if (what === 'hand-lowered') seat?.lowered();
    else if (!seat || seat.isOnStage()) heedMuting(what, devices.mute);
  });
  const closeDesk = openDesk({
    balcony,
    visitor: entry,
    role,
    hint: (what, who) => hint(session, what, entry.meeting, who),
  });
  if (role === 'host') addEventListener('beforeunload', askBeforeClosing);
  return () => {
    removeEventListener('beforeunload', askBeforeClosing);
    stage.close();
    closeCaptions();
    seat?.close();
    closeDesk();
  };
}

/** Shows captions, and lets hosts and presenters control them. Returns a function that stops both. */
function offerCaptions(
  { balcony, entry, joined, session, memory }: Sitting,
  nameOf: (attendeeId: string, externalUserId: string) => string,
): () => void {
  const { captions, role } = joined;
  const shown = showCaptions({ memory, captions, nameOf });
  const lines = memory.lines.settled;
  const { speakerOf } = shown;
  const desk = captionsDesk({ balcony, meeting: entry.meeting, role, captions, lines, speakerOf });
  session.onTranscript((event) => {
    shown.take(event);
    desk.take(event);
  });
  return () => {
    shown.close();
    desk.close();
  };
}

/** A host who closes the tab by mistake would leave a live meeting without a host, so the browser asks first. */
const askBeforeClosing = (event: Event) => event.preventDefault();

/** The *Leave* button leaves the meeting and ends the session. */
function onLeave(balcony: Balcony, meeting: string): Promise<StopCode> {
  return new Promise((resolve) => {
    byId('leave').onclick = () => {
      balcony.leave(meeting).catch(() => undefined);
      resolve('Left');
    };
  });
}
