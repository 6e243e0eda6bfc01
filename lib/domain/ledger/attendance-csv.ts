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

/** One record of CSV for each interval. Only a person's first one has the totals of the person, so that a column can be added up. */
export function attendanceRecords(people: readonly Listed[]): string {
  return people.map(recordsOf).join('');
}

function recordsOf({ externalUserId, role, mediaRegion, intervals, seconds, stageSeconds }: Listed): string {
  const totals = (index: number) => (index === 0 ? [seconds, stageSeconds] : [undefined, undefined]);
  const of = ({ on, from, to, estimated = false }: Listed['intervals'][number], index: number) =>
    csvRecord([externalUserId, role, mediaRegion, on, from, to, estimated, ...totals(index)]);
  return intervals.map(of).join('');
}
