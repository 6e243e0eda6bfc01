/** How many characters (Unicode code points) a display name may have. */
export const MOST_DISPLAY_NAME = 64;

/**
 * What no reader sees, and what changes the letters beside it: controls, separators of lines, lone surrogates, and format characters such
 * as those that turn the direction of writing round. The two joiners stay: Persian and Hindi are written with them, and emoji.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** A text as it may be shown as a name: without what is hidden, with single spaces, and cut; undefined where nothing is left. */
export function displayNameOf(text: string): string | undefined {
  const seen = text
    .replace(new RegExp(HIDDEN, 'gu'), ' ')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  return [...seen].slice(0, MOST_DISPLAY_NAME).join('').trim() || undefined;
}

/** Whether a text that a person typed may be shown as it is, but for its spaces. */
export function isDisplayName(text: string): boolean {
  return !HIDDEN.test(text) && text.trim() !== '' && [...text].length <= MOST_DISPLAY_NAME;
}
