import type { Answer, RequestContext } from '../../context.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { countersOf } from '../../domain/client-events/counters.ts';
import {
  type Report,
  type ReportedFrom,
  reportOf,
  seatReportedFrom,
  stageReportedFrom,
} from '../../domain/client-events/report.ts';
import type { Participant } from '../../domain/meeting/participant.ts';
import { measure } from '../../metrics.ts';
import { Refusal } from '../../refusals.ts';
import { readParticipant } from '../../store/participant/participants.ts';
import { freshTopology, recentTopology } from '../../store/topology/topologies.ts';
import { countReport } from './client-tally.ts';

type ReportRequest = RequestOf<(typeof operations)['reportClientEvents']>;

/**
 * Count what a client reports about its connection. The caller's record must name the session of the report: only a person who
 * has joined may report, and only about the latest join. The media region comes from the record too, so no client can report about
 * another region. That is one read. A check without a read would need a secret that all functions share.
 *
 * A report is no evidence of presence, because the last one of a session may arrive after the leave. The record may be of an
 * earlier epoch: what a client reports first after the death of a primary is that death.
 */
export async function reportClientEvents(
  { externalMeetingId, body }: ReportRequest,
  context: RequestContext,
): Promise<Answer> {
  const participant = await readParticipant(externalMeetingId, context.caller.externalUserId);
  if (participant?.bannedAt) throw new Refusal('BANNED');
  if (participant?.sessionId !== body.sessionId) throw new Refusal('NOT_JOINED');
  const from = await reportedFrom(externalMeetingId, participant, context.now());
  if (from) {
    const report = reportOf(body.events);
    measureReport(report, from);
    const where = { externalMeetingId, mediaRegion: from.mediaRegion };
    await countReport(where, countersOf(report), context.now());
  }
  return { status: 204 };
}

/** Where the person was placed. Only of a person on stage the topology is read, unless the container has read it recently. */
async function reportedFrom(
  externalMeetingId: string,
  participant: Participant,
  now: number,
): Promise<ReportedFrom | undefined> {
  const seat = seatReportedFrom(participant);
  if (seat) return seat;
  const recent = recentTopology(externalMeetingId, now);
  return stageReportedFrom(recent ? recent.topology : await freshTopology(externalMeetingId, now));
}

/** Measure a report by media region and kind of placement, and its failures also by their code. */
function measureReport(report: Report, { placement, mediaRegion }: ReportedFrom): void {
  const where = { mediaRegion, placement };
  measure('ClientReports', 1, where);
  if (report.firstAudioMs !== undefined) {
    measure('TimeToFirstAudioMs', report.firstAudioMs);
    measure('TimeToFirstAudioMs', report.firstAudioMs, where);
  }
  if (report.firstVideoMs !== undefined) {
    measure('TimeToFirstVideoMs', report.firstVideoMs);
    measure('TimeToFirstVideoMs', report.firstVideoMs, where);
  }
  if (report.reconnects > 0) measure('ClientReconnects', report.reconnects, where);
  if (report.drops > 0) measure('ClientDrops', report.drops, where);
  if (report.failures.length === 0) return;
  measure('ClientFailures', report.failures.length);
  measure('ClientFailures', report.failures.length, where);
  for (const code of report.failures) measure('ClientFailures', 1, { code });
}
