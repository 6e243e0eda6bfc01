import { csvRecord } from './csv.ts';

/** A person with intervals, as the service lists them. */
interface Listed {
  externalUserId: string;
  role: string;
  mediaRegion?: string | undefined;
  intervals: { from: string; to?: string | undefined; on: string; estimated?: boolean | undefined }[];
  seconds: number;
  stageSeconds: number;
}

/** The line of column names, which begins a file. */
export const ATTENDANCE_COLUMNS = csvRecord([
  ...['externalUserId', 'role', 'mediaRegion', 'on', 'from', 'to', 'estimated', 'seconds', 'stageSeconds'],
]);

/** One record of CSV for each interval, with the totals of its person. */
export function attendanceRecords(people: readonly Listed[]): string {
  return people.map(recordsOf).join('');
}

function recordsOf({ externalUserId, role, mediaRegion, intervals, seconds, stageSeconds }: Listed): string {
  const of = ({ on, from, to, estimated = false }: Listed['intervals'][number]) =>
    csvRecord([externalUserId, role, mediaRegion, on, from, to, estimated, seconds, stageSeconds]);
  return intervals.map(of).join('');
}
