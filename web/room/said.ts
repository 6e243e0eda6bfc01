import { byId } from '../dom.ts';
import { plainly } from './words.ts';

/** Tell a piece of news, on the page and to screen readers; nothing clears it. */
export function tell(news: string): void {
  say('news', news);
}

/** Say why something did not happen. */
export function tellRefusal(error: unknown): void {
  say('refusal', plainly(error));
}

/** Nothing is left to be said. */
export function hush(): void {
  say('news', '');
  say('refusal', '');
}

/** Do something that a button asks for: what refused it before is no longer shown, what refuses it now is. */
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
