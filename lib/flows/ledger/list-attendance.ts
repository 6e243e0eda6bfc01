import type { Answer, RequestContext } from '../../context.ts';
import type { AttendancePage, AttendedAnswer } from '../../contract/answers/ledger.ts';
import type { RequestOf } from '../../contract/operation.ts';
import type { operations } from '../../contract.ts';
import { prefersCsv } from '../../domain/access/accept.ts';
import { toCursor } from '../../domain/access/cursor.ts';
import { frontWithin } from '../../domain/access/page.ts';
import { ATTENDANCE_COLUMNS, attendanceRecords, mostBytesOf } from '../../domain/ledger/attendance-csv.ts';
import { sideOf } from '../../domain/ledger/facts.ts';
import { type Interval, intervalsOf } from '../../domain/ledger/intervals.ts';
import { secondsOf } from '../../domain/ledger/totals.ts';
import { shardOf } from '../../store/keys.ts';
import { type Attendance, readAttendance } from '../../store/ledger/attendance.ts';
import { lookUpTopology } from '../shared/context.ts';
import { startOf } from '../shared/page.ts';
import { chosenLife, type KnownLife, lifeView, livesOf } from './lives.ts';

type ListRequest = RequestOf<(typeof operations)['listAttendance']>;

/** A page ends early before it is larger than this, of the 6 MB that Lambda answers. */
const MOST_BYTES = 4_000_000;

/**
 * List when people were connected in one life of a name, a page at a time, as JSON or CSV. The intervals are computed from the recorded
 * facts, so a later page may know of later events. People without any connection are left out.
 */
export async function listAttendance(request: ListRequest, context: RequestContext): Promise<Answer> {
  const topology = await lookUpTopology(request.externalMeetingId, context);
  const known = chosenLife(await livesOf(topology), request.life);
  const page = known ? await pageOf(known, request, context.now()) : { attendance: [] };
  if (!prefersCsv(context.accept)) return { status: 200, body: page };
  const { limit, life, cursor } = request;
  const next = { limit: String(limit), ...(life && { life }) };
  return {
    status: 200,
    csv: `${cursor === undefined ? ATTENDANCE_COLUMNS : ''}${attendanceRecords(page.attendance)}`,
    ...(page.cursor && { nextPage: { ...next, cursor: page.cursor } }),
  };
}

async function pageOf(
  known: KnownLife,
  { externalMeetingId, limit, cursor }: ListRequest,
  now: number,
): Promise<AttendancePage> {
  const { record, life } = known;
  const list = `attendance of ${externalMeetingId} in ${record.incarnation}`;
  const { people, next } = await readAttendance(record, startOf(list, cursor), limit);
  const found = people.map((person) => ({ person, intervals: intervalsOf(person, life) }));
  const kept = frontWithin(found, MOST_BYTES, ({ person: { externalUserId }, intervals }) =>
    mostBytesOf({ externalUserId, intervals }),
  );
  const last = kept.at(-1)?.person.externalUserId;
  const after = kept.length < found.length && last ? { shard: shardOf(last), after: last } : next;
  return {
    life: lifeView(known),
    attendance: kept
      .filter(({ intervals }) => intervals.length > 0)
      .map(({ person, intervals }) => attendedView(person, intervals, now)),
    ...(after && { cursor: toCursor(list, after) }),
  };
}

function attendedView(
  { externalUserId, role, regions }: Attendance,
  intervals: Interval[],
  now: number,
): AttendedAnswer {
  const mediaRegion = intervals.map(({ connection }) => regions.get(connection)).findLast(Boolean);
  return {
    externalUserId,
    role,
    ...(mediaRegion && { mediaRegion }),
    intervals: intervals.map(intervalView),
    ...secondsOf(intervals, now),
  };
}

const written = (at: number) => new Date(at).toISOString();

function intervalView({ connection, from, to, isEstimated }: Interval): AttendedAnswer['intervals'][number] {
  return {
    from: written(from),
    ...(to !== undefined && { to: written(to) }),
    on: sideOf(connection),
    ...(isEstimated && { estimated: true }),
  };
}
