import type { TopologyAnswer } from '../../lib/contract/meetings.ts';
import { askingAbout, type Member, type Places } from './ask.ts';
import { gather, type Wish } from './crowd.ts';
import { type Emulator, emulatorAt } from './emulator.ts';
import { presenterOf } from './presenter.ts';
import type { ChimeReport, CrewReport } from './report.ts';
import { makeRoom } from './room.ts';
import { audienceReport } from './watch-audience.ts';

const TICK_MS = 1000;
/** The load generator stops after this time without a look at its report. */
const FORGOTTEN_MS = 30 * 60_000;
const PAGE = 100;

export interface CrewOptions extends Places {
  chimeReport: (now: number) => Promise<ChimeReport>;
  now?: () => number;
}

/** The simulated participants of one meeting. */
export type Crew = ReturnType<typeof crewAt>;

/** A load generator without participants. It works while some are wanted or leaving, and is idle otherwise. */
export function crewAt(externalMeetingId: string, options: CrewOptions) {
  const { now = Date.now } = options;
  const ask = askingAbout(externalMeetingId, options);
  const emulator = emulatorAt(options.chime);
  const host: Member = { sub: 'crew-host', role: 'host' };
  const crowd = gather(ask);
  const presenter = presenterOf(ask, emulator);
  let lookedAt = now();
  let ticking: Promise<void> | undefined;

  async function tick() {
    if (now() - lookedAt > FORGOTTEN_MS) goHome();
    const isAtHome =
      presenter.isSettled() && !presenter.isWanted() && !crowd.everybody().some(({ seat }) => seat);
    if (isAtHome && crowd.wish().viewers === 0) return;
    const live = await emulator.live();
    crowd.notice(live);
    await presenter.turn(live);
  }
  const step = () => {
    ticking ??= tick()
      .catch(() => {}) // the environment may be shutting down; otherwise the next tick retries
      .finally(() => {
        ticking = undefined;
      });
    return ticking;
  };
  const goHome = () => {
    presenter.want(false);
    crowd.become({ ...crowd.wish(), viewers: 0 });
  };
  const timer = setInterval(step, TICK_MS).unref();

  return {
    step,
    audience: async (wish: Wish) => {
      lookedAt = now();
      if (wish.viewers > 0) await makeRoom(placesFor(crowd.everybody(), wish), host, { ask, emulator });
      crowd.become(wish);
    },
    presenter: async (onStage: boolean) => {
      lookedAt = now();
      if (onStage) await makeRoom(0, host, { ask, emulator });
      presenter.want(onStage);
      await ticking;
      await step();
    },
    /** Ends the primary as its maximum age would. `none`: there is none. */
    primaryDies: async (): Promise<'dead' | 'none'> => {
      const { body } = await ask(host, 'GET');
      return body?.primary ? end(emulator, body.primary.meetingId) : 'none';
    },
    report: async (): Promise<CrewReport> => {
      lookedAt = now();
      const [topology, hands, chime] = await Promise.all([
        ask(host, 'GET'),
        ask(host, `GET /hands?limit=${PAGE}`),
        options.chimeReport(now()),
      ]);
      return {
        at: now(),
        externalMeetingId,
        ...(topology.status === 200 && { topology: topology.body as TopologyAnswer }),
        hands: { raised: hands.body?.hands?.length ?? 0, isMore: Boolean(hands.body?.cursor) },
        audience: audienceReport(crowd),
        presenter: { wanted: presenter.isWanted(), onStage: presenter.isOnStage() },
        chime,
      };
    },
    close: () => {
      clearInterval(timer);
      crowd.close();
    },
  };
}

/**
 * How many places an audience needs. A former viewer's seat stays reserved until the reconciler needs it, so another audience
 * needs room beside it.
 */
function placesFor(everybody: { audience: string; wasSeated: boolean }[], wish: Wish): number {
  return wish.viewers + everybody.filter((one) => one.wasSeated && one.audience !== wish.name).length;
}

async function end(emulator: Emulator, meetingId: string): Promise<'dead' | 'none'> {
  return emulator.end(meetingId).then(
    () => 'dead' as const,
    () => 'none' as const, // it was dead already, and the API had not noticed
  );
}
