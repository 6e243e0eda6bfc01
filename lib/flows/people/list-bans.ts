import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { readParticipants } from '../../store/participant/participants.ts';
import { lookUpTopology } from '../shared/context.ts';
import { pageOf } from '../shared/page.ts';

type ListRequest = RequestOf<(typeof operations)['listBans']>;

/**
 * List the banned people, in the order they were banned. The list is an index, which may be a moment behind: it may lack the latest
 * bans, but people whose ban was lifted are left out.
 */
export async function listBans(request: ListRequest, context: RequestContext): Promise<Answer> {
  const { externalMeetingId } = await lookUpTopology(request.externalMeetingId, context);
  const { listed, next } = await pageOf({ bans: { externalMeetingId } }, request);
  const names = listed.map(({ externalUserId }) => externalUserId);
  const people = await readParticipants(externalMeetingId, names);
  const banned = new Map(people.filter(isBanned).map((one) => [one.externalUserId, one]));
  const bans = listed.flatMap(({ externalUserId, at }) => {
    const found = banned.get(externalUserId);
    const { displayName } = found ?? {};
    return found ? [{ externalUserId, ...(displayName && { displayName }), bannedAt: at }] : [];
  });
  return { status: 200, body: { bans, ...next } };
}

const isBanned = ({ bannedAt }: Participant) => bannedAt !== undefined;
