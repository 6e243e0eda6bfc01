import type { AttendancePage } from '../../client/balcony.ts';
import { ATTENDANCE_COLUMNS, attendanceRecords } from '../../lib/domain/ledger/attendance-csv.ts';

/** Reads one page of people; the first one without a cursor. */
type ReadPage = (from: { cursor?: string }) => Promise<AttendancePage>;

/**
 * Reads all pages, one after another. Resolves to one file, the same as the service's CSV. `tell` gets the number of people so far
 * after each page. A signal that is aborted stops before the next page.
 */
export async function attendanceFile(
  read: ReadPage,
  tell: (people: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const parts = [ATTENDANCE_COLUMNS];
  let people = 0;
  let from: { cursor?: string } | undefined = {};
  while (from) {
    signal.throwIfAborted();
    const { attendance, cursor }: AttendancePage = await read(from);
    parts.push(attendanceRecords(attendance));
    people += attendance.length;
    tell(people);
    from = cursor === undefined ? undefined : { cursor };
  }
  signal.throwIfAborted();
  return parts.join('');
}

/** The name of the file: what every file system takes of the meeting's name, and the UTC day on which it was opened. */
export function fileNameOf(meeting: string, openedAt = ''): string {
  const name = meeting.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return ['attendance', name, openedAt.slice(0, 10)].filter(Boolean).join('-').concat('.csv');
}

/** How far the download is. More people than expected may have come meanwhile. */
export function progressWords(people: number, expected: number): string {
  return `${people.toLocaleString('en')} of ${Math.max(people, expected).toLocaleString('en')} people`;
}
