import type { Line } from './lines.ts';

/** The settled lines as a text file, each with the time at which it began, and the speaker. */
export function transcriptText(
  lines: readonly Line[],
  nameOf: (line: Line) => string,
  timeOf = (at: number) => new Date(at).toLocaleTimeString(),
): string {
  const rows = lines.map((line) => `${timeOf(line.startedAt)}  ${nameOf(line)}: ${line.text}\n`);
  return rows.join('');
}

/** The name of the file: what every file system takes of the meeting's name, and the UTC day. */
export function transcriptName(meeting: string, now: Date): string {
  const name = meeting.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return ['transcript', name, now.toISOString().slice(0, 10)].filter(Boolean).join('-').concat('.txt');
}
