import type { Answer, Call } from '../call.ts';
import type { RequestOf } from '../contract/operation.ts';
import type { operations } from '../contract.ts';
import { isAttending } from '../domain/participant.ts';
import { Refusal } from '../refusals.ts';
import { raise } from '../store/hands.ts';
import { lookUp } from './look-up.ts';

type RaiseRequest = RequestOf<(typeof operations)['raiseHand']>;

/** Raise the caller's hand. It stays up until it is lowered, they are let on stage, or the meeting is ended. */
export async function raiseHand({ externalMeetingId }: RaiseRequest, call: Call): Promise<Answer> {
  const { topology, participant } = await lookUp(externalMeetingId, call.caller.externalUserId, call);
  if (topology.status === 'ended') throw new Refusal('MEETING_ENDED');
  if (!isAttending(topology, participant)) throw new Refusal('NOT_JOINED');
  await raise({ topology, caller: call.caller, knownEpoch: topology.epoch }, call.now());
  return { status: 204 };
}
