import type { RunningEmulator } from '../../emulator/server.ts';

export interface OutOfBandAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of whatever shape the test expects
  body: any;
}

/** Speak to the emulator itself. */
export async function outOfBand(
  { url }: Pick<RunningEmulator, 'url'>,
  line: `${'GET' | 'POST' | 'PUT' | 'DELETE'} ${string}`,
  body?: unknown,
): Promise<OutOfBandAnswer> {
  const [method, path] = line.split(' ') as [string, string];
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await fetch(`${url}/_emulator/${path}`, { method, ...sent });
  return { status: response.status, body: await response.json() };
}

/** Let time pass for the emulator. */
export async function advance(emulator: RunningEmulator, advanceMs: number): Promise<void> {
  await outOfBand(emulator, 'POST clock', { advanceMs });
}

/** Report that an attendee connects, leaves or drops. */
export function presence(
  emulator: RunningEmulator,
  who: { MeetingId: string; AttendeeId: string },
  event: 'joined' | 'left' | 'dropped',
): Promise<OutOfBandAnswer> {
  const { MeetingId: meetingId, AttendeeId: attendeeId } = who;
  return outOfBand(emulator, 'POST presence', { meetingId, attendeeId, event });
}

/** The types of the events so far, and what else is asked of each. */
export async function eventTypes(emulator: RunningEmulator, since = 0): Promise<string[]> {
  const { body } = await outOfBand(emulator, `GET events?since=${since}`);
  return body.map((logged: { event: { detail: { eventType: string } } }) => logged.event.detail.eventType);
}
