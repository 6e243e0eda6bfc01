import { FRESH_MS } from '../../domain/meeting/freshness.ts';

/** The bounds of one retry loop. */
export interface Bounds {
  attempts: number;
  /** The shortest pause after `shortly`; jitter at most doubles it (milliseconds). */
  pauseMs?: number;
  /** After this time, `shortly` ends the loop (milliseconds). */
  withinMs?: number;
  /** The pause has no jitter, because no other request waits for the same. */
  isSteady?: boolean;
}

/** The bounds of all retry loops of the flows. */
export const BOUNDS = {
  /** Opening the primary or entering the stage: about as long as a call to Chime takes. */
  stage: { attempts: 24, pauseMs: 60, withinMs: 1500 },
  /** Seating a viewer. It pauses while another request opens the replica, or returns the person to the stage. */
  seat: { attempts: 4, pauseMs: 80 },
  /** Waiting for a removal by another request, which may wait seconds for a permit. */
  removal: { attempts: 30, pauseMs: 80 },
  /** Confirming capabilities, while another request may hold the lease. */
  capabilities: { attempts: 20, pauseMs: 80 },
  /** Asking Chime for captions, while another request may be asking. */
  captions: { attempts: 12, pauseMs: 80, withinMs: 1500 },
  /** Muting the whole stage. `muteAll` ends it earlier, by time. */
  muteAll: { attempts: 500, pauseMs: 80 },
  /** Recording a forecast in the current topology. */
  forecast: { attempts: 6, pauseMs: 60 },
  /** Waiting until Chime finds a meeting that it has just opened. */
  untilFound: { attempts: 20, pauseMs: 300, withinMs: FRESH_MS, isSteady: true },
  /** Changing a place that several requests change. */
  place: { attempts: 5 },
  /** Raising a hand, after conflicts with a leave or a promotion. */
  hand: { attempts: 3 },
  /** Demoting a person, until they have neither a place on stage nor a return to it. */
  demotion: { attempts: 4 },
  /** Removing a person, until they have neither seat nor place. */
  removeAttendee: { attempts: 4 },
  /** Changing or reopening a name that other requests change too. */
  options: { attempts: 3 },
  reopen: { attempts: 4 },
} satisfies Record<string, Bounds>;
