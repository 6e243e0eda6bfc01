import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from './json.ts';

/** A meeting that was opened, and where: all that deleting it needs. */
export interface Opened {
  meetingId: string;
  region: string;
  /** An endpoint other than AWS's. */
  endpoint?: string;
}

/** The meetings of a run that are not deleted yet. A meeting is recorded before any other use. */
export interface Journal {
  opened(meeting: Opened): void;
  deleted(meetingId: string): void;
  /** The meetings that still exist. */
  left(): Opened[];
}

const NAME = /^conformance-[\w-]+\.journal$/;

/** Records nothing: for a Chime that ends with this process. */
export const noJournal: Journal = { opened: () => {}, deleted: () => {}, left: () => [] };

/** A file in this directory with one line for each opening or deletion. It is removed with the last meeting. */
export function journalIn(directory: string, runId: string): Journal {
  return journalAt(join(directory, `conformance-${runId}.journal`));
}

/** The journals of earlier runs that were killed or could not delete their meetings. */
export function leftoverJournals(directory: string): Journal[] {
  return readdirSync(directory)
    .filter((name) => NAME.test(name))
    .map((name) => journalAt(join(directory, name)));
}

function journalAt(file: string): Journal {
  const open = new Map<string, Opened>(existsSync(file) ? replay(readFileSync(file, 'utf8')) : []);
  const write = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  return {
    opened: (meeting) => {
      if (open.has(meeting.meetingId)) return;
      open.set(meeting.meetingId, meeting);
      write(meeting);
    },
    deleted: (meetingId) => {
      if (!open.delete(meetingId)) return;
      if (open.size === 0) rmSync(file);
      else write({ deleted: meetingId });
    },
    left: () => [...open.values()],
  };
}

/** Returns the meetings of a journal that were not deleted. Ignores a line that a crash truncated. */
function replay(text: string): Map<string, Opened> {
  const open = new Map<string, Opened>();
  for (const line of text.split('\n')) {
    const { deleted, ...meeting } = parseJson<Opened & { deleted?: string }>(line) ?? { meetingId: '' };
    if (deleted) open.delete(deleted);
    else if (meeting.meetingId) open.set(meeting.meetingId, meeting as Opened);
  }
  return open;
}
