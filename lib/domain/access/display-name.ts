/** How many characters (Unicode code points) a display name may have. */
export const MOST_DISPLAY_NAME = 64;

/**
 * Characters that are invisible or change the text beside them: controls, line separators, lone surrogates, and format
 * characters such as those that reverse the direction of writing. The two joiners are allowed: Persian, Hindi and emoji need
 * them.
 */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/** The text as a display name: hidden characters removed, spaces collapsed, cut to length; undefined if nothing remains. */
export function displayNameOf(text: string): string | undefined {
  const seen = text
    .replace(new RegExp(HIDDEN, 'gu'), ' ')
    .replace(/\p{Zs}+/gu, ' ')
    .trim();
  return [...seen].slice(0, MOST_DISPLAY_NAME).join('').trim() || undefined;
}

/** Whether a typed text is a valid display name as it is, apart from its spaces. */
export function isDisplayName(text: string): boolean {
  return !HIDDEN.test(text) && text.trim() !== '' && [...text].length <= MOST_DISPLAY_NAME;
}
