import { byId } from '../dom.ts';
import { plainly } from './words.ts';

/** Shows a piece of news, also to screen readers; it stays until the next one. */
export function tell(news: string): void {
  say('news', news);
}

/** Shows why an action failed. */
export function tellRefusal(error: unknown): void {
  say('refusal', plainly(error));
}

/** Clears the messages. */
export function hush(): void {
  say('news', '');
  say('refusal', '');
}

/** Runs a button's action: hides the previous refusal, and shows a new one. */
export async function attempt(action: () => unknown): Promise<void> {
  say('refusal', '');
  try {
    await action();
  } catch (error) {
    tellRefusal(error);
  }
}

function say(where: 'news' | 'refusal', words: string): void {
  const place = byId(where);
  if (place.textContent !== words) place.textContent = words;
}
