import type { Role } from '../../../lib/context.ts';

/** Every person who takes part, and their role. */
export const CAST: Record<string, Role> = {
  hana: 'host',
  hugo: 'host',
  pia: 'presenter',
  v1: 'viewer',
  v2: 'viewer',
  v3: 'viewer',
  v4: 'viewer',
};

/** Chime's limit for each meeting, the part of it that the stage takes, and the number of replicas. */
export const MAX_COUNT = 6;
export const STAGE_CAPACITY = 5;
export const MAX_REPLICAS = 1;

export interface Credential {
  meetingId: string;
  attendeeId: string;
}

/** A person's right to the primary, and the credential as far as it was ever shown. */
export interface OnStage {
  promoted: boolean;
  credential?: Credential;
}

/** A person's seat, also one that they left. */
export interface Seated {
  credential: Credential;
  ordinal: number;
  left: boolean;
}

/** The rights of every person: the expected state of the records and of Chime. */
export interface Model {
  ended: boolean;
  epoch: number;
  /** The primary of this epoch died at Chime, and no request has noticed it yet. */
  dead: boolean;
  /** Is the primary of this epoch open? */
  open: boolean;
  stage: Map<string, OnStage>;
  seats: Map<string, Seated>;
  /** Promoted viewers who left. A join may put them on stage again. */
  returning: Set<string>;
  banned: Set<string>;
  /** Oldest first. */
  hands: string[];
  /** Tickets drawn in this epoch. A seat is never assigned to a second person. */
  drawn: number;
  /** All credentials that were ever shown to a person. */
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

/** The next incarnation of the name: no person holds anything in it yet. */
export function beginEpoch(model: Model): void {
  model.epoch += 1;
  model.dead = false;
  model.open = false;
  model.drawn = 0;
  model.stage.clear();
  model.seats.clear();
  model.returning.clear();
}

/** Does this person have a seat, or a place on stage? */
export function isHere({ stage, seats }: Model, who: string): boolean {
  return stage.has(who) || seats.get(who)?.left === false;
}

export function lowerHand(model: Model, who: string): void {
  model.hands = model.hands.filter((other) => other !== who);
}

/** The person's credentials that may be valid at Chime: the place on stage, and the seat, also one that they left. */
export function mayBeGood({ stage, seats, ended }: Model, who: string): string[] {
  if (ended) return [];
  const held = [stage.get(who)?.credential, seats.get(who)?.credential];
  return held.flatMap((credential) => credential?.attendeeId ?? []);
}
