import { tell } from './said.ts';
import type { Session } from './session.ts';

/**
 * Hosts' pages tell others what they asked of the service, over Chime's data messages, so that nobody has to poll for it.
 * Only hints: anybody on stage could send one, and one may be lost. The service decides; the page that hears a hint asks
 * it, or switches off what is no longer heard anyway.
 */
export type Hint = 'on-stage' | 'muted' | 'unmuted' | 'hand-lowered' | 'removed';

const TOPIC = 'balcony-hint';
const EVERYONE = '*';

/** Tell one person, or everyone. */
export async function hint(
  { audioVideo }: Session,
  what: Hint,
  meeting: string,
  who = EVERYONE,
): Promise<void> {
  const to = who === EVERYONE ? EVERYONE : await addressOf(meeting, who);
  audioVideo.realtimeSendDataMessage(TOPIC, JSON.stringify({ what, to }));
}

/** Hear what is meant for somebody, or for everyone. */
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

/** Viewers do not see each other's names, so a name is not sent. */
async function addressOf(meeting: string, who: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${meeting}\n${who}`));
  return Array.from(new Uint8Array(bytes).slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whoever is on stage hears that their microphone was taken or given back. */
export function heedMuting(what: Hint, switchOff: () => void): void {
  if (what === 'muted') {
    switchOff();
    tell('A host has muted you. You are not heard until they let you speak, whatever your microphone.');
  }
  if (what === 'unmuted') tell('You may speak again. You are heard while your microphone is on.');
}
