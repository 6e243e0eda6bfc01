import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { lookUpTopology } from '../shared/context.ts';
import { pageOf } from '../shared/page.ts';

type ListRequest = RequestOf<(typeof operations)['listBans']>;

/** List the banned people, in the order they were banned. */
export async function listBans(request: ListRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = await lookUpTopology(request.externalMeetingId, context);
  const { listed, next } = await pageOf({ bans: { externalMeetingId } }, request);
  const names = listed.map(({ externalUserId }) => externalUserId);
  const people = await readParticipants(externalMeetingId, names);
  const shown = new Map(people.map(({ externalUserId, displayName }) => [externalUserId, displayName]));
  const bans = listed.map(({ externalUserId, at }) => {
    const displayName = shown.get(externalUserId);
    return { externalUserId, ...(displayName && { displayName }), bannedAt: at };
  });
  return { status: 200, body: { bans, ...next } };
}
