import { allSettledOrThrow } from '../../all-settled.ts';
import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { Refusal } from '../../refusals.ts';
import { markEnded } from '../../store/topology/epochs.ts';
import { teardown } from '../epoch/teardown.ts';
import { admitUnread } from '../shared/admit-caller.ts';
import { noteEnd } from '../shared/ledger.ts';

type EndRequest = RequestOf<(typeof operations)['endMeeting']>;

/**
 * End the meeting for all. First the topology is marked as ended: from then on nothing is opened, entered or
 * published. Then Chime's meetings are deleted. After a crash in between, a retry or the reconciler finishes it.
 */
export async function endMeeting(
  { externalMeetingId }: EndRequest,
  context: RequestContext,
): Promise<Answer> {
  await admitUnread(externalMeetingId, context);
  const ended = await markEnded(externalMeetingId, context.now());
  if (ended === 'unknown-name') throw new Refusal('MEETING_NOT_FOUND');
  await allSettledOrThrow([teardown(ended, context), noteEnd(ended, context.now())]);
  return { status: 204 };
}
