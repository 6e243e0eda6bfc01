import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { deleteAttendance, eraseAttendance as erase } from '../../store/ledger/erasure.ts';
import { readIncarnations } from '../../store/ledger/lives.ts';
import { lookUp } from '../shared/context.ts';

type EraseRequest = RequestOf<(typeof operations)['eraseAttendance']>;

/**
 * Erase the attendance of a person in all lives of a name. Idempotent. In the current life, later events may still come, of a connection that
 * goes on, or late. If the person has a record there, the instant of the erasure is kept, and nothing is added that happened before.
 */
export async function eraseAttendance(
  { externalMeetingId, externalUserId }: EraseRequest,
  context: RequestContext,
): Promise<Answer> {
  const { topology, participant } = await lookUp(externalMeetingId, externalUserId, context);
  const earlier = (await readIncarnations(externalMeetingId)).filter((one) => one !== topology.incarnation);
  await allSettledOrThrow([
    participant ? erase(topology, externalUserId, context.now()) : deleteAttendance(topology, externalUserId),
    ...earlier.map((incarnation) => deleteAttendance({ externalMeetingId, incarnation }, externalUserId)),
  ]);
  return { status: 204 };
}
