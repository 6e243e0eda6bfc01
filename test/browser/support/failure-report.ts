import type { RoomPage } from '../../../scripts/browser/room-page.ts';

/** What a page of a test shows, and the errors that it has logged. */
export interface OpenPage {
  name: string;
  text: () => Promise<string>;
  errors: string[];
}

const LONGEST_TEXT = 1500;
const NO_ANSWER_MS = 3000;
/** Tokens and credentials are long; so are the ids of meetings and attendees, which keep their first characters. */
const LONG = /[\w+/=.-]{24,}/g;
const QUERY = /\?\S*/g;

/**
 * Adds to the error of a failed test what its open pages show at that moment. The environment of the tests
 * (test/support/jest/environment.cjs) asks for it.
 */
export function reportOnFailure(openPages: () => OpenPage[]): void {
  const reportFailure = async () => (await Promise.all(openPages().map(describePage))).join('\n');
  Object.assign(globalThis, { reportFailure });
}

export const pageOf = ({ name, page, errors }: RoomPage): OpenPage => ({
  name,
  errors,
  text: () => page.innerText('body'),
});

/** A page, described without any token. */
export async function describePage({ name, text, errors }: OpenPage): Promise<string> {
  const shown = await Promise.race([text().catch(String), noAnswer()]);
  const lines = [`The page of ${name} shows:`, indented(withoutTokens(shown).slice(0, LONGEST_TEXT))];
  if (errors.length > 0) lines.push('and has logged:', indented(withoutTokens(errors.join('\n'))));
  return lines.join('\n');
}

const withoutTokens = (text: string) =>
  text.replace(QUERY, '').replace(LONG, (long) => `${long.slice(0, 8)}…`);

const noAnswer = () =>
  new Promise<string>((resolve) => void setTimeout(resolve, NO_ANSWER_MS, '(no answer)').unref());

const indented = (text: string) => text.replace(/\s*\n\s*/g, '\n').replace(/^/gm, '    ');
