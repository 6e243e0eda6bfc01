import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import * as curtain from '../../store/topology/curtain.ts';
import { admitUnread } from '../shared/admit-caller.ts';
import { refuseGone } from './contended.ts';
import { liveSinceView } from './topology-view.ts';

type CurtainRequest = RequestOf<(typeof operations)['openCurtain']>;

/**
 * Open the curtain: viewers are let in, once somebody is on stage if the options say so. Viewers who wait come in at their next
 * request. It stays open in the next epochs, until a host closes it or the meeting ends. Idempotent.
 */
export async function openCurtain(request: CurtainRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = request;
  await admitUnread(externalMeetingId, context);
  const opened = await curtain.openCurtain(externalMeetingId, context.now());
  return answerOf(opened, request, context);
}

/** Close the curtain for new viewers. Those who have a seat keep it, and resume it by joining again. Idempotent. */
export async function closeCurtain(request: CurtainRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = request;
  await admitUnread(externalMeetingId, context);
  return answerOf(await curtain.closeCurtain(externalMeetingId), request, context);
}

async function answerOf(
  changed: { liveSince?: number } | 'not-now',
  { externalMeetingId }: CurtainRequest,
  context: RequestContext,
): Promise<Answer> {
  if (changed === 'not-now') return refuseGone(externalMeetingId, context);
  return { status: 200, body: { live: changed.liveSince !== undefined, ...liveSinceView(changed) } };
}
