import type { Role } from '../../../lib/context.ts';

/** Everybody who takes part, and their role. */
export const CAST: Record<string, Role> = {
  hana: 'host',
  hugo: 'host',
  pia: 'presenter',
  v1: 'viewer',
  v2: 'viewer',
  v3: 'viewer',
  v4: 'viewer',
};

/** Chime's limit for each meeting, what the stage takes of it, and how many replicas there may be. */
export const MAX_COUNT = 6;
export const STAGE_CAPACITY = 5;
export const MAX_REPLICAS = 1;

export interface Credential {
  meetingId: string;
  attendeeId: string;
}

/** Somebody's right to the primary; the credential as far as it was ever shown. */
export interface OnStage {
  promoted: boolean;
  credential?: Credential;
}

/** Somebody's seat, also one that they left. */
export interface Seated {
  credential: Credential;
  ordinal: number;
  left: boolean;
}

/** Who may hold what: the truth that records and Chime are held against. */
export interface Model {
  ended: boolean;
  epoch: number;
  /** The primary of this epoch died at Chime, and nobody has noticed yet. */
  dead: boolean;
  /** Has somebody opened the primary of this epoch? */
  open: boolean;
  stage: Map<string, OnStage>;
  seats: Map<string, Seated>;
  /** Promoted viewers who left: a join may put them on stage again. */
  returning: Set<string>;
  banned: Set<string>;
  /** Oldest first. */
  hands: string[];
  /** Tickets drawn in this epoch: a seat is never handed to a second person. */
  drawn: number;
  /** All that was ever shown to somebody. */
  shown: Map<string, Credential[]>;
}

export function newModel(): Model {
  return {
    ended: false,
    epoch: 1,
    dead: false,
    open: false,
    stage: new Map(),
    seats: new Map(),
    returning: new Set(),
    banned: new Set(),
    hands: [],
    drawn: 0,
    shown: new Map(Object.keys(CAST).map((who) => [who, []])),
  };
}

/** The name's next life: nobody holds anything in it yet. */
export function beginEpoch(model: Model): void {
  model.epoch += 1;
  model.dead = false;
  model.open = false;
  model.drawn = 0;
  model.stage.clear();
  model.seats.clear();
  model.returning.clear();
}

/** Do they sit in a seat, or stand on stage? */
export function isHere({ stage, seats }: Model, who: string): boolean {
  return stage.has(who) || seats.get(who)?.left === false;
}

export function lowerHand(model: Model, who: string): void {
  model.hands = model.hands.filter((other) => other !== who);
}

/** What of theirs may still be good at Chime: the place on stage, and the seat, also one that they left. */
export function mayBeGood({ stage, seats, ended }: Model, who: string): string[] {
  if (ended) return [];
  const held = [stage.get(who)?.credential, seats.get(who)?.credential];
  return held.flatMap((credential) => credential?.attendeeId ?? []);
}
