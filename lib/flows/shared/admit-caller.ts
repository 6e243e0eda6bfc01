import type { Call } from '../../call.ts';
import { isNoteDue } from '../../domain/meeting/evidence.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { Refusal } from '../../refusals.ts';
import { noteSeen, readParticipant } from '../../store/participant/participants.ts';

/**
 * Refuses a banned caller, and notes the request as evidence that the caller is there. `record` is the caller's own record, which
 * the flow has just read.
 */
export async function admitCaller(
  externalMeetingId: string,
  record: Participant | undefined,
  call: Call,
): Promise<void> {
  if (record?.bannedAt) throw new Refusal('BANNED');
  await noteEvidence(externalMeetingId, record, call);
}

/** The same where the flow reads no record of the caller before its first write. */
export async function admitUnread(externalMeetingId: string, call: Call): Promise<void> {
  await admitCaller(
    externalMeetingId,
    await readParticipant(externalMeetingId, call.caller.externalUserId),
    call,
  );
}

/** Notes an authenticated request as evidence that its caller is there, where the record does not say so recently. */
export async function noteEvidence(
  externalMeetingId: string,
  record: Participant | undefined,
  call: Call,
): Promise<void> {
  const now = call.now();
  if (record && isNoteDue(record, now)) await noteSeen({ externalMeetingId }, record.externalUserId, now);
}
