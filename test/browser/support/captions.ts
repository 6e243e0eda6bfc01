import { readFile } from 'node:fs/promises';
import type { Download } from 'playwright-core';
import type { RoomPage } from '../../../scripts/browser/room-page.ts';
import type { RoomTest } from './room.ts';

/** What is spoken on the stage of a test's meeting, and what its pages show of it. */
export function captionsIn(room: RoomTest) {
  /** Sends a request to the emulator of Chime itself. */
  async function emulator<Answer>(line: `${'GET' | 'POST'} ${string}`, body?: object): Promise<Answer> {
    const [method, path] = line.split(' ') as [string, string];
    const init = body ? { method, body: JSON.stringify(body) } : { method };
    return (await fetch(`${room.urls.chime}/_emulator/${path}`, init)).json() as Promise<Answer>;
  }

  /** Lets a person on stage say something, as if it had been recognised. */
  async function speak(name: string, text: string, isPartial = false): Promise<void> {
    const { primary } = await room.host.topology(room.meeting);
    const meetingId = `${primary?.meetingId}`;
    type Listed = { attendeeId: string; externalUserId: string; connected: boolean };
    const attendees = await emulator<Listed[]>(`GET meetings/${meetingId}/attendees`);
    const speaker = attendees.find((each) => each.externalUserId === name && each.connected);
    const spoken = { meetingId, attendeeId: speaker?.attendeeId, text, isPartial };
    expect(await emulator('POST transcripts', spoken)).toEqual({ resultId: expect.anything() });
  }

  return { emulator, speak };
}

/** Settled lines stay in the part of the page that screen readers read; what is visible goes after some seconds. */
const reads = (page: RoomPage, line: string) => page.shows('#captions-log p', line);
export const all = (pages: RoomPage[], line: string) => Promise.all(pages.map((page) => reads(page, line)));
/** The visible line that is not settled. */
export const unfinished = ({ page }: RoomPage) =>
  page.evaluate(`document.querySelector('#captions-lines .partial')?.innerText`);

/** The lines of a transcript, without the times. */
export async function textOf(file: Download): Promise<string[]> {
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
  return lines.map((line) => line.replace(/^.*? {2}/, ''));
}
