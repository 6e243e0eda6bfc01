import { byId } from '../dom.ts';
import { detailsOf, plainly } from './words.ts';

/** Shows a piece of news, also to screen readers; it stays until the next one. */
export function tell(news: string): void {
  say('news', news);
}

/** Shows why an action failed, with the facts behind a disclosure. */
export function tellRefusal(error: unknown): void {
  say('refusal', plainly(error));
  const details = detailsOf(error);
  byId('refusal-words').textContent = details;
  byId('refusal-details').hidden = !details;
}

function hideRefusal(): void {
  say('refusal', '');
  byId('refusal-details').hidden = true;
}

/** Clears the messages. */
export function hush(): void {
  say('news', '');
  hideRefusal();
}

/** Runs a button's action: hides the previous refusal, and shows a new one. */
export async function attempt(action: () => unknown): Promise<void> {
  hideRefusal();
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
