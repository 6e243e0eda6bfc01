import { tell } from './said.ts';
import type { Session } from './session.ts';

/**
 * A message from a host's page to other pages about what it requested of the service, over Chime's data messages. It saves
 * polling. It is only a hint: any person on stage could send one, and one may be lost. The page that receives it asks the
 * service, or switches off what is no longer heard anyway.
 */
export type Hint = 'on-stage' | 'muted' | 'unmuted' | 'hand-lowered' | 'removed';

const TOPIC = 'balcony-hint';
const EVERYONE = '*';

/** Sends a hint to one person, or to everyone. */
export async function hint(
  { audioVideo }: Session,
  what: Hint,
  meeting: string,
  who = EVERYONE,
): Promise<void> {
  const to = who === EVERYONE ? EVERYONE : await addressOf(meeting, who);
  audioVideo.realtimeSendDataMessage(TOPIC, JSON.stringify({ what, to }));
}

/** Calls back for hints to this person, or to everyone. */
export async function onHint(
  { audioVideo }: Session,
  { meeting, name }: { meeting: string; name: string },
  listener: (what: Hint) => void,
): Promise<void> {
  const own = await addressOf(meeting, name);
  audioVideo.realtimeSubscribeToReceiveDataMessage(TOPIC, (message) => {
    const { what, to } = message.json();
    if (to === own || to === EVERYONE) listener(what);
  });
}

/** A hash of the recipient. Viewers do not see each other's names, so no name is sent. */
async function addressOf(meeting: string, who: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${meeting}\n${who}`));
  return Array.from(new Uint8Array(bytes).slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tells the person on stage that a host muted or unmuted the microphone. */
export function heedMuting(what: Hint, switchOff: () => void): void {
  if (what === 'muted') {
    switchOff();
    tell('A host has muted you. You are not heard until they let you speak, whatever your microphone.');
  }
  if (what === 'unmuted') tell('You may speak again. You are heard while your microphone is on.');
}
