import type { RequestContext } from '../../context.ts';
import { isNoteDue } from '../../domain/meeting/evidence.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import { noteSeen, readParticipant } from '../../store/participant/participants.ts';

/**
 * Refuse a banned caller, and record the request as evidence of presence. `record` is the caller's own record, which
 * the flow has just read.
 */
export async function admitCaller(
  externalMeetingId: string,
  record: Participant | undefined,
  context: RequestContext,
): Promise<void> {
  if (record?.bannedAt) throw new Refusal('BANNED');
  await noteEvidence(externalMeetingId, record, context);
}

/** The same as `admitCaller`, for a flow that reads no record of the caller before its first write. */
export async function admitUnread(externalMeetingId: string, context: RequestContext): Promise<void> {
  await admitCaller(
    externalMeetingId,
    await readParticipant(externalMeetingId, context.caller.externalUserId),
    context,
  );
}

/** Record an authenticated request as evidence of presence, unless the record already holds recent evidence. */
export async function noteEvidence(
  externalMeetingId: string,
  record: Participant | undefined,
  context: RequestContext,
): Promise<void> {
  const now = context.now();
  if (record && isNoteDue(record, now)) await noteSeen({ externalMeetingId }, record.externalUserId, now);
}
