import {
  beginEpoch,
  CAST,
  isHere,
  lowerHand,
  MAX_COUNT,
  MAX_REPLICAS,
  type Model,
  STAGE_CAPACITY,
} from './model.ts';

/** One action of a person (`who`), about themselves or another person (`whom`). */
export interface Step {
  verb: string;
  who: string;
  whom: string;
}

/** The expected answer to an action, a status or the code of a refusal, and its effect on the model. */
interface Rule {
  answer: (model: Model, step: Step) => string;
  /** Applied unless the action is refused. */
  effect?: (model: Model, step: Step) => void;
}

const isOnStageByRole = (who: string) => CAST[who] !== 'viewer';
const isStageFull = ({ stage }: Model) => stage.size >= STAGE_CAPACITY;

function joinAnswer(model: Model, { who }: Step): string {
  if (model.ended) return 'MEETING_ENDED';
  if (isOnStageByRole(who)) return !model.stage.has(who) && isStageFull(model) ? 'STAGE_FULL' : '200';
  if (model.seats.has(who)) return '200';
  if (!model.open || model.stage.size === 0) return '202';
  return model.drawn >= MAX_COUNT * MAX_REPLICAS ? 'MEETING_FULL' : '200';
}

function promoteAnswer(model: Model, { whom }: Step): string {
  if (model.ended) return 'MEETING_ENDED';
  if (model.stage.has(whom)) return isOnStageByRole(whom) ? 'NOT_JOINED' : '200';
  if (!model.open || !isHere(model, whom) || model.banned.has(whom)) return 'NOT_JOINED';
  return isStageFull(model) ? 'STAGE_FULL' : '200';
}

function raiseAnswer(model: Model, { who }: Step): string {
  if (model.ended) return 'MEETING_ENDED';
  if (!isHere(model, who)) return 'NOT_JOINED';
  return model.stage.has(who) ? 'ON_STAGE' : '204';
}

function takeEverything(model: Model, { whom }: Step): void {
  model.stage.delete(whom);
  model.seats.delete(whom);
  model.returning.delete(whom);
  lowerHand(model, whom);
}

const always = (answer: string) => () => answer;

/**
 * The verbs that are not answered with the ban. A banned person may still leave, end their own promotion, and remove or ban
 * themselves. A viewer who ends the promotion of another is refused by role, banned or not.
 */
const isOpenToBanned = ({ verb, who, whom }: Step) =>
  verb === 'leave' ||
  (verb === 'demote' && (who === whom || CAST[who] === 'viewer')) ||
  ((verb === 'remove' || verb === 'ban') && who === whom);

/** The answer to a step. A ban comes before all other rules, except for those verbs and for joining an ended meeting. */
export function answerOf(model: Model, step: Step): string | undefined {
  const rule = RULES[step.verb];
  const isRefused = model.banned.has(step.who) && !isOpenToBanned(step);
  const isJoinOfEnded = step.verb === 'join' && model.ended;
  return isRefused && !isJoinOfEnded ? 'BANNED' : rule?.answer(model, step);
}

/** The whole behaviour of the stage, for one request after another. What a join gives is noted elsewhere. */
export const RULES: Record<string, Rule> = {
  join: { answer: joinAnswer },
  leave: {
    answer: always('204'),
    effect: (model, { who }) => {
      const seat = model.seats.get(who);
      if (seat) seat.left = true;
      if (model.stage.get(who)?.promoted) model.returning.add(who);
      model.stage.delete(who);
      lowerHand(model, who);
    },
  },
  raise: {
    answer: raiseAnswer,
    effect: (model, { who }) => void (model.hands.includes(who) || model.hands.push(who)),
  },
  lower: { answer: always('204'), effect: (model, { who }) => lowerHand(model, who) },
  promote: {
    answer: promoteAnswer,
    effect: (model, { whom }) => {
      if (!model.stage.has(whom)) model.stage.set(whom, { promoted: true });
      model.returning.delete(whom);
      lowerHand(model, whom);
    },
  },
  promotion: {
    answer: (model, { who }) => {
      if (model.ended) return 'MEETING_ENDED';
      return model.stage.get(who)?.promoted ? '200' : 'NOT_PROMOTED';
    },
  },
  demote: {
    answer: (_, { who, whom }) => (CAST[who] === 'viewer' && who !== whom ? 'FORBIDDEN' : '204'),
    effect: (model, { whom }) => {
      if (model.stage.get(whom)?.promoted) model.stage.delete(whom);
      model.returning.delete(whom);
    },
  },
  remove: { answer: always('204'), effect: takeEverything },
  ban: {
    answer: always('204'),
    effect: (model, step) => {
      takeEverything(model, step);
      model.banned.add(step.whom);
    },
  },
  unban: { answer: always('204'), effect: (model, { whom }) => void model.banned.delete(whom) },
  end: {
    answer: always('204'),
    effect: (model) => {
      model.ended = true;
    },
  },
  create: {
    answer: always('200'),
    effect: (model) => {
      if (!model.ended) return;
      beginEpoch(model);
      model.ended = false;
      model.hands = [];
    },
  },
};
