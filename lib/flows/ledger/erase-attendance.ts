import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { eraseAttendance as erase } from '../../store/ledger/attendance.ts';
import { readLives } from '../../store/ledger/lives.ts';
import { lookUpTopology } from '../shared/context.ts';

type EraseRequest = RequestOf<(typeof operations)['eraseAttendance']>;

/**
 * Erase the attendance of a person in all lives of a name. Idempotent. An event that comes later, of a connection that goes on, begins a new
 * record; so a person who is connected has to be removed first.
 */
export async function eraseAttendance(
  { externalMeetingId, externalUserId }: EraseRequest,
  context: RequestContext,
): Promise<Answer> {
  const topology = await lookUpTopology(externalMeetingId, context);
  const lives = await readLives(externalMeetingId);
  const earlier = lives.filter(({ incarnation }) => incarnation !== topology.incarnation);
  await allSettledOrThrow([topology, ...earlier].map((life) => erase(life, externalUserId)));
  return { status: 204 };
}
