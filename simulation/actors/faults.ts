import { chimeRefusal } from '../aws/chime.ts';
import { dynamoRefusal } from '../aws/dynamodb.ts';
import type { ServiceName, WireReply } from '../aws/wire.ts';
import type { Chance } from '../chance.ts';
import type { FaultRates } from '../plan/plan.ts';

/** What happens to one request: whether it takes effect, what comes back, and whether the caller lives to receive it. */
export interface Fault {
  name: string;
  isDone: boolean;
  /** Replaces the response: a refusal, or no response. */
  instead?: WireReply | 'no-answer';
  dies?: true;
  /** The response comes this much later than its effect (milliseconds). */
  lateMs?: number;
}

/** A request arrives within this time or never. No attempt waits longer for its response (milliseconds). */
export const UNDER_WAY_MS = 3000;

const NO_FAULT: Fault = { name: '', isDone: true };

/** Decides which fault a request meets, with the probabilities of the plan. */
export function faultOf(service: ServiceName, faultRates: FaultRates, chance: Chance): Fault {
  const draw = chance.next();
  const half = chance.happens(0.5);
  const { loseRequest, loseAnswer, throttle, breakDown, crash, slow } = faultRates;
  const faults: [number, Fault][] = [
    [loseRequest, { name: 'request lost', isDone: false, instead: 'no-answer' }],
    [loseAnswer, { name: 'answer lost', isDone: true, instead: 'no-answer' }],
    [throttle, { name: 'throttled', isDone: false, instead: throttled(service) }],
    [breakDown, { name: half ? '5xx, done' : '5xx', isDone: half, instead: broken(service) }],
    ...(slow > 0
      ? [[slow, { name: 'late', isDone: true, lateMs: chance.below(UNDER_WAY_MS) }] as [number, Fault]]
      : []),
    [crash, { name: half ? 'crash after' : 'crash before', isDone: half, dies: true }],
  ];
  let from = 0;
  for (const [probability, fault] of faults) {
    if (draw < from + probability) return fault;
    from += probability;
  }
  return NO_FAULT;
}

const throttled = (service: ServiceName) =>
  service === 'chime'
    ? chimeRefusal(429, 'ThrottlingException')
    : dynamoRefusal(400, { name: 'ProvisionedThroughputExceededException' });

const broken = (service: ServiceName) =>
  service === 'chime'
    ? chimeRefusal(500, 'ServiceFailureException')
    : dynamoRefusal(500, { name: 'InternalServerError' });

/** The network error of a request without a response, and when it comes. */
export function noAnswer(chance: Chance): { error: Error; afterMs: number } {
  if (chance.happens(0.5)) {
    const error = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return { error, afterMs: chance.below(50) };
  }
  return { error: noAnswerInTime(), afterMs: UNDER_WAY_MS };
}

export const noAnswerInTime = () => Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
