import type { TopologyAnswer } from '../../lib/contract/answers/meetings.ts';
import type { MediaRegion } from '../../lib/domain/geo/media-regions.ts';
import { askingAbout, type Endpoints, type Member } from './ask.ts';
import { createCrowd, type Target } from './crowd.ts';
import { type Emulator, emulatorAt } from './emulator.ts';
import { presenterOf } from './presenter.ts';
import { raiseReplicaLimit } from './replica-limit.ts';
import type { ChimeReport, LoadReport } from './report.ts';
import { audienceReport } from './watch-audience.ts';

const TICK_MS = 1000;
/** The load generator stops after this time without a look at its report. */
const UNWATCHED_MS = 30 * 60_000;
const PAGE = 100;

export interface LoadGeneratorOptions extends Endpoints {
  chimeReport: (now: number) => Promise<ChimeReport>;
  now?: () => number;
}

/** The simulated participants of one meeting. */
export type LoadGenerator = ReturnType<typeof createLoadGenerator>;

/** A load generator without participants. It works while some are wanted or leaving, and is idle otherwise. */
export function createLoadGenerator(externalMeetingId: string, options: LoadGeneratorOptions) {
  const { now = Date.now } = options;
  const ask = askingAbout(externalMeetingId, options);
  const emulator = emulatorAt(options.chime);
  const host: Member = { sub: 'load-generator-host', role: 'host' };
  const crowd = createCrowd(ask);
  const presenter = presenterOf(ask, emulator);
  let lastReadAt = now();
  let ticking: Promise<void> | undefined;

  async function tick() {
    if (now() - lastReadAt > UNWATCHED_MS) stop();
    const isIdle =
      presenter.isSettled() && !presenter.isWanted() && !crowd.allViewers().some(({ seat }) => seat);
    if (isIdle && crowd.target().viewers === 0) return;
    const live = await emulator.live();
    crowd.notice(live);
    await presenter.advance(live);
  }
  const step = () => {
    ticking ??= tick()
      .catch(() => {}) // the environment may be shutting down; otherwise the next tick retries
      .finally(() => {
        ticking = undefined;
      });
    return ticking;
  };
  const stop = () => {
    presenter.want(false);
    crowd.become({ ...crowd.target(), viewers: 0 });
  };
  const timer = setInterval(step, TICK_MS).unref();

  return {
    step,
    audience: async (target: Target) => {
      lastReadAt = now();
      if (target.viewers > 0)
        await raiseReplicaLimit(seatsNeeded(crowd.allViewers(), target), host, { ask, emulator });
      crowd.become(target);
    },
    presenter: async (onStage: boolean) => {
      lastReadAt = now();
      if (onStage) await raiseReplicaLimit(0, host, { ask, emulator });
      presenter.want(onStage);
      await ticking;
      await step();
    },
    /** Ends the primary as its maximum age would. `none`: there is none. */
    primaryDies: async (): Promise<'dead' | 'none'> => {
      const { body } = await ask(host, 'GET');
      return body?.primary ? end(emulator, body.primary.meetingId) : 'none';
    },
    /** Drains a media region as the host, or lifts that. A refusal is an error with its reason. */
    drain: async (mediaRegion: MediaRegion, what: 'drain' | 'evacuate' | 'lift') => {
      const path = `/drains/${mediaRegion}`;
      const evacuate = what === 'evacuate';
      const { status, body } = await (what === 'lift'
        ? ask(host, `DELETE ${path}`)
        : ask(host, `PUT ${path}`, { evacuate }));
      if (status >= 300 || status === 0) throw new Error(body?.detail ?? 'the API does not answer');
    },
    report: async (): Promise<LoadReport> => {
      lastReadAt = now();
      const [topology, hands, chime] = await Promise.all([
        ask(host, 'GET ?clientEvents=true'),
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
 * The number of seats that an audience needs. A former viewer's seat stays reserved until the reconciler replaces it,
 * so the seats of a new audience come on top.
 */
function seatsNeeded(viewers: { audience: string; wasSeated: boolean }[], target: Target): number {
  return target.viewers + viewers.filter((one) => one.wasSeated && one.audience !== target.name).length;
}

async function end(emulator: Emulator, meetingId: string): Promise<'dead' | 'none'> {
  return emulator.end(meetingId).then(
    () => 'dead' as const,
    () => 'none' as const, // it was dead already, and the API had not noticed
  );
}
