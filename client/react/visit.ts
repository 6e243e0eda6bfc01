import { type Balcony, type Deps, type JoinBody, type Joined, type Reporter, reporter } from '../balcony.ts';
import { mayRejoin, pauseBefore } from '../stay/after-stop.ts';
import type { StopCode } from '../stay/chime.ts';
import { type Measuring, measureStay } from '../stay/measure.ts';
import { type Manager, type ManagerOptions, openSession } from './manager.ts';
import { type Seat, seatIn } from './seat.ts';
import type { MeetingEvent } from './state.ts';

export interface VisitOptions {
  client: Balcony;
  meeting: string;
  manager: Manager;
  /** What the next join says, and the options for the manager. */
  latest: () => { request: JoinBody; managerOptions: ManagerOptions | undefined };
  tell: (event: MeetingEvent) => void;
  deps: Deps;
}

/** One stay in a meeting, until the person leaves or the service refuses. */
export type Visit = ReturnType<typeof visit>;

/** When the last visit of a manager is over: it holds one session at a time. */
const lastVisits = new WeakMap<Manager, Promise<unknown>>();

/** Joins, and joins again whenever the session stops for a reason that is not final. */
export function visit(options: VisitOptions) {
  const { client, meeting, manager } = options;
  const leaving = new AbortController();
  const { signal } = leaving;
  const tell = (event: MeetingEvent) => void (signal.aborted || options.tell(event));
  const self: Self = {
    ...{ joined: undefined, seat: undefined, reports: undefined, isHandUp: false, isOver: false },
    measuring: measureStay(),
  };
  const giveBack = async () => {
    const { joined } = self;
    self.isOver = true;
    self.joined = undefined;
    if (joined) await client.leave(meeting, joined.sessionId).catch(() => undefined);
  };
  const setHand = async (isUp: boolean) => {
    await client.hand(meeting, isUp ? 'up' : 'down');
    self.isHandUp = isUp;
    tell({ kind: 'hand', isUp });
    self.seat?.handChanged();
  };

  const over = Promise.resolve(lastVisits.get(manager))
    .then(() => stay({ ...options, tell }, self, signal))
    .catch((error) => tell({ kind: 'failed', error }))
    .then(giveBack);
  lastVisits.set(manager, over);

  return {
    setHand,
    expectPromotion: () => self.seat?.expectPromotion(),
    leaveStage: async () => self.seat?.leaveStage(),
    /** Gives the seat back while the page closes, also during a join, which may have taken one. */
    hide: () => {
      self.reports?.close();
      if (!self.isOver) client.leave(meeting).catch(() => undefined);
    },
    /** Ends the session, or the waiting, and gives the seat back. */
    leave: () => {
      leaving.abort();
      return giveBack();
    },
  };
}

/** What a visit holds at the moment. */
interface Self {
  joined: Joined | undefined;
  seat: Seat | undefined;
  reports: Reporter | undefined;
  measuring: Measuring;
  isHandUp: boolean;
  isOver: boolean;
}

/** Resolves when a session has stopped for good. Rejects with the refusal of a join, or when the signal is aborted. */
async function stay(options: VisitOptions, self: Self, signal: AbortSignal): Promise<void> {
  const { client, meeting, latest, tell, deps } = options;
  for (let failures = 0; ; ) {
    signal.throwIfAborted();
    self.joined = await client.join(meeting, {
      ...latest().request,
      signal,
      onWaiting: (waiting) => {
        self.measuring.waiting(waiting);
        tell({ kind: 'waiting', waiting });
      },
    });
    const { code, hasStarted } = await sit(options, self, signal);
    tell({ kind: 'stopped', code });
    if (!mayRejoin(code)) return;
    failures = hasStarted ? 0 : failures + 1;
    await deps.pause(pauseBefore(failures, deps.random()), signal);
  }
}

/** Runs one session, from its start to its stop. */
async function sit(
  { client, meeting, manager, latest, tell, deps }: VisitOptions,
  self: Self,
  signal: AbortSignal,
): Promise<{ code: StopCode; hasStarted: boolean }> {
  const joined = self.joined as Joined;
  const session = await openSession(manager, joined, latest().managerOptions);
  const hand = {
    isUp: () => self.isHandUp,
    set: (isUp: boolean) => {
      self.isHandUp = isUp;
      tell({ kind: 'hand', isUp });
    },
  };
  const reports = reporter(client, meeting, joined, deps);
  const stopped = self.measuring.session(session.audioVideo, reports.add);
  self.reports = reports;
  self.seat = seatIn({ client, meeting, joined, session, hand, tell, deps });
  try {
    signal.throwIfAborted();
    tell({ kind: 'joined', joined });
    await session.start();
    const code = await Promise.race([session.stopped, abortOf(signal)]);
    stopped(code);
    return { code, hasStarted: session.hasStarted() };
  } finally {
    reports.close();
    self.seat.close();
    self.seat = undefined;
    await session.close(deps);
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
  });
}
