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

/** What an interval takes in an answer, without the person's id (bytes): 111 as CSV and 115 as JSON, each as a text in the JSON that Lambda answers. */
const INTERVAL_BYTES = 150;
/** What a person takes besides, without the id (bytes). */
const PERSON_BYTES = 250;

/** The most bytes that a person takes in the answer of a Lambda function, as JSON or as CSV. An id of control characters takes six times its length. */
export function mostBytesOf({
  externalUserId,
  intervals,
}: Pick<Listed, 'externalUserId'> & { intervals: readonly unknown[] }): number {
  const id = 2 * new TextEncoder().encode(JSON.stringify(externalUserId)).length + 10;
  return PERSON_BYTES + id + intervals.length * (INTERVAL_BYTES + id);
}
