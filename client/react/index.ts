import { useEffect, useMemo, useReducer, useRef } from 'react';
import { type Balcony, browserDeps, type Deps, type JoinBody } from '../balcony.ts';
import type { Manager, ManagerOptions } from './manager.ts';
import { type MeetingState, next, START } from './state.ts';
import { type Visit, visit } from './visit.ts';

export type { StopCode } from '../stay/chime.ts';
export type { Manager, ManagerOptions } from './manager.ts';
export type { MeetingState } from './state.ts';

export interface MeetingJoinOptions extends JoinBody {
  client: Balcony;
  /** The meeting's name. */
  meeting: string;
  /** What `useMeetingManager()` of amazon-chime-sdk-component-library-react returns. */
  manager: Manager;
  /** Returns the second argument of `manager.join`. A viewer is asked for no device, unless it says so. */
  managerOptions?: ManagerOptions | undefined;
  /** Time and randomness, for tests. */
  deps?: Deps | undefined;
}

export interface MeetingActions {
  /** Raises the viewer's hand, and looks for a promotion until the hand is down. */
  raiseHand: () => Promise<void>;
  lowerHand: () => Promise<void>;
  /** Looks for a promotion at once: call it when a host's page tells this one of it. */
  expectPromotion: () => void;
  /** Takes a promoted viewer back to the audience. */
  leaveStage: () => Promise<void>;
  /** Leaves the meeting, or stops waiting. */
  leave: () => Promise<void>;
  /** Joins once more, after a refusal, a failure or having left. */
  retry: () => void;
}

/** The state of the person in the meeting, and what the person can do. */
export type MeetingJoin = MeetingState & MeetingActions;

/**
 * Keeps a person in a meeting while a component is mounted: joins, waits, hands the answer to the library's manager, follows
 * promotions, joins again when the meeting is interrupted, and gives the seat back. The latest `mediaRegion`, `displayName`,
 * `capabilities` and `managerOptions` count at the next join.
 */
export function useMeetingJoin(options: MeetingJoinOptions): MeetingJoin {
  const { client, meeting, manager } = options;
  const [state, tell] = useReducer(next, START);
  const [round, retry] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(options);
  const current = useRef<Visit | undefined>(undefined);
  useEffect(() => {
    latest.current = options;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round joins once more
  useEffect(() => {
    tell({ kind: 'begun' });
    const deps = latest.current.deps ?? browserDeps;
    const visiting = visit({ client, meeting, manager, latest: () => requestOf(latest.current), tell, deps });
    current.current = visiting;
    addEventListener('pagehide', visiting.hide);
    return () => {
      removeEventListener('pagehide', visiting.hide);
      void visiting.leave();
    };
  }, [client, meeting, manager, round]);
  const actions = useMemo(
    (): MeetingActions => ({
      raiseHand: async () => current.current?.setHand(true),
      lowerHand: async () => current.current?.setHand(false),
      expectPromotion: () => current.current?.expectPromotion(),
      leaveStage: async () => current.current?.leaveStage(),
      leave: async () => {
        const left = current.current?.leave();
        tell({ kind: 'stopped', code: 'Left' });
        await left;
      },
      retry,
    }),
    [],
  );
  return { ...state, ...actions };
}

function requestOf({ mediaRegion, displayName, capabilities, managerOptions }: MeetingJoinOptions) {
  const request = {
    ...(mediaRegion && { mediaRegion }),
    ...(displayName && { displayName }),
    ...(capabilities && { capabilities }),
  };
  return { request, managerOptions };
}
