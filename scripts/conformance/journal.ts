import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from './json.ts';

/** A meeting that was opened, and where: all that it takes to delete it. */
export interface Opened {
  meetingId: string;
  region: string;
  /** Instead of AWS's. */
  endpoint?: string;
}

/** What a run opened and did not delete yet. It is written before anything else is done with a meeting. */
export interface Journal {
  opened(meeting: Opened): void;
  deleted(meetingId: string): void;
  /** What is there still. */
  left(): Opened[];
}

const NAME = /^conformance-[\w-]+\.journal$/;

/** Nothing is written down: for a Chime that ends with this process. */
export const noJournal: Journal = { opened: () => {}, deleted: () => {}, left: () => [] };

/** A file in this directory, one line for each meeting opened or deleted. It goes away with the last of them. */
export function journalIn(directory: string, runId: string): Journal {
  return journalAt(join(directory, `conformance-${runId}.journal`));
}

/** The journals that earlier runs left in this directory, because they were killed or could not delete. */
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

/** A line that a crash cut short names no meeting, and is passed over. */
function replay(text: string): Map<string, Opened> {
  const open = new Map<string, Opened>();
  for (const line of text.split('\n')) {
    const { deleted, ...meeting } = parseJson<Opened & { deleted?: string }>(line) ?? { meetingId: '' };
    if (deleted) open.delete(deleted);
    else if (meeting.meetingId) open.set(meeting.meetingId, meeting as Opened);
  }
  return open;
}
